/** Connects to Kafka, for reading and for writing. Internal. */
@NullMarked
package io.milvus.cdc.internal.kafka;

import org.jspecify.annotations.NullMarked;
