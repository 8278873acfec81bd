/** Tests the readers of Pulsar and Kafka, and sources that lose messages or run out of space. */
@NullMarked
package io.milvus.cdc.examples.e2e.queues;

import org.jspecify.annotations.NullMarked;
