package io.milvus.cdc.internal.engine;

import java.util.concurrent.TimeUnit;

/** Limits bytes per second. For one thread. */
final class Throttle {
  private static final double NANOS = TimeUnit.SECONDS.toNanos(1);

  private final long bytesPerSecond;
  private long freeAt = System.nanoTime();

  /**
   * Creates a throttle that has passed nothing.
   *
   * @param bytesPerSecond 0 for no limit
   */
  Throttle(long bytesPerSecond) {
    this.bytesPerSecond = bytesPerSecond;
  }

  /**
   * Counts these bytes. Returns how long to wait before the next ones, in nanoseconds.
   *
   * @param now by the JVM's clock
   */
  long pass(long bytes, long now) {
    if (bytesPerSecond == 0) {
      return 0;
    }
    freeAt = Math.max(freeAt, now) + (long) (bytes * NANOS / bytesPerSecond);
    return freeAt - now;
  }
}
