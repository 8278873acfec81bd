package io.milvus.cdc.targets.milvus;

import java.util.concurrent.atomic.AtomicInteger;

/**
 * How large a message a target's queue takes, as far as its refusals have shown. Nothing tells the
 * limit itself (Kafka's {@code message.max.bytes}, Pulsar's {@code maxMessageSize}). Thread-safe.
 */
final class MessageLimit {
  private final AtomicInteger bytes = new AtomicInteger(Integer.MAX_VALUE);

  int bytes() {
    return bytes.get();
  }

  /** Takes note of a message that was too large; returns the limit from now on. */
  int refused(int size) {
    return bytes.accumulateAndGet(size / 2, Math::min);
  }
}
