package io.milvus.cdc.internal.queue.pulsar;

import java.time.Duration;
import java.util.function.LongSupplier;

/**
 * Measures how long a client that reconnects by itself has been disconnected. Pulsar's client
 * retries forever and does not report why it fails. For one thread.
 */
final class Disconnection {
  /** A broker that restarts, or moves a topic to another broker, needs less. */
  static final Duration PATIENCE = Duration.ofSeconds(30);

  private final LongSupplier nanos;
  private long connectedAt;

  /** Creates the state of a client that counts as connected now. */
  Disconnection(LongSupplier nanos) {
    this.nanos = nanos;
    this.connectedAt = nanos.getAsLong();
  }

  /** Records the state of the connection. Returns whether it has been lost for too long. */
  boolean lasts(boolean connected) {
    long now = nanos.getAsLong();
    if (connected) {
      connectedAt = now;
    }
    return now - connectedAt > PATIENCE.toNanos();
  }
}
