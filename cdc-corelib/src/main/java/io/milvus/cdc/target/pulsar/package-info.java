/**
 * Tells changes to Pulsar, each at least once: {@link io.milvus.cdc.target.pulsar.PulsarTarget}.
 */
@NullMarked
package io.milvus.cdc.target.pulsar;

import org.jspecify.annotations.NullMarked;
