/**
 * Reads the queues that carry a source's messages: readers of Pulsar and Kafka, their positions,
 * and the proof that no message was skipped. Internal.
 */
@NullMarked
package io.milvus.cdc.internal.queue;

import org.jspecify.annotations.NullMarked;
