/** Reads a source's messages from Kafka. */
@NullMarked
package io.milvus.cdc.internal.queue.kafka;

import org.jspecify.annotations.NullMarked;
