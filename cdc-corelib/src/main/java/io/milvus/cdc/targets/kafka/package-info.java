/**
 * Tells changes to Kafka, each exactly once: {@link io.milvus.cdc.targets.kafka.KafkaTarget}.
 *
 * <p>Every round of rows, every change of the catalog and every watermark is one transaction, which
 * also commits, as the offset of a consumer group without members, how far the task has come by it.
 * A task that begins again reads that, and passes over what is out.
 */
@NullMarked
package io.milvus.cdc.targets.kafka;

import org.jspecify.annotations.NullMarked;
