/** Connects to Pulsar, for reading and for writing. Internal. */
@NullMarked
package io.milvus.cdc.internal.pulsar;

import org.jspecify.annotations.NullMarked;
