/**
 * Sends changes to Kafka, each exactly once: {@link io.milvus.cdc.targets.kafka.KafkaTarget}.
 *
 * <p>Every round of rows, every change of the catalog and every watermark is one transaction. The
 * transaction also commits the task's progress, as the offset of a consumer group without members.
 * When a task resumes, it reads that offset and skips the events that were sent.
 */
@NullMarked
package io.milvus.cdc.targets.kafka;

import org.jspecify.annotations.NullMarked;
