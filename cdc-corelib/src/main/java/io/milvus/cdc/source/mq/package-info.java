/**
 * The queues that carry a source's messages. Internal; the only room that names Pulsar or Kafka.
 */
@NullMarked
package io.milvus.cdc.source.mq;

import org.jspecify.annotations.NullMarked;
