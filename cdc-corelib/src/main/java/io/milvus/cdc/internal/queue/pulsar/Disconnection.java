package io.milvus.cdc.internal.queue.pulsar;

import java.time.Duration;
import java.util.function.LongSupplier;

/**
 * How long a client that connects again by itself has had no connection. Pulsar's tries for ever,
 * and does not say why it cannot. For one thread.
 */
final class Disconnection {
  /** A broker that restarts, or hands a topic over, needs less. */
  static final Duration PATIENCE = Duration.ofSeconds(30);

  private final LongSupplier nanos;
  private long connectedAt;

  /** None yet. */
  Disconnection(LongSupplier nanos) {
    this.nanos = nanos;
    this.connectedAt = nanos.getAsLong();
  }

  /** Takes note of how it is, and tells whether it has been so for too long. */
  boolean lasts(boolean connected) {
    long now = nanos.getAsLong();
    if (connected) {
      connectedAt = now;
    }
    return now - connectedAt > PATIENCE.toNanos();
  }
}
