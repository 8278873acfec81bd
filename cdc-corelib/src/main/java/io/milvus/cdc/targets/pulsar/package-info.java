/**
 * Sends changes to Pulsar, each at least once: {@link io.milvus.cdc.targets.pulsar.PulsarTarget}.
 */
@NullMarked
package io.milvus.cdc.targets.pulsar;

import org.jspecify.annotations.NullMarked;
