package io.milvus.cdc.targets.milvus;

import java.util.concurrent.atomic.AtomicInteger;

/**
 * Learns the largest message of a target's queue from its rejections. No API returns the limit
 * (Kafka's {@code message.max.bytes}, Pulsar's {@code maxMessageSize}). Thread-safe.
 */
final class MessageLimit {
  private final AtomicInteger bytes = new AtomicInteger(Integer.MAX_VALUE);

  int bytes() {
    return bytes.get();
  }

  /** Records a message that was too large. Returns the limit from now on. */
  int refused(int size) {
    return bytes.accumulateAndGet(size / 2, Math::min);
  }
}
