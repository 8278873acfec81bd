package io.milvus.cdc.examples.workload;

import java.time.Duration;

/** Keeps a workload from being faster than it should. */
final class Pace {
  private static final Duration NAP = Duration.ofMillis(20);

  private final double rowsPerSecond;
  private final long began = System.nanoTime();

  /** A pace of so many rows a second; 0 for no limit. */
  Pace(double rowsPerSecond) {
    this.rowsPerSecond = rowsPerSecond;
  }

  /** Whether this many rows by now are enough. A short sleep is in it, if they are. */
  boolean waits(long rows) throws InterruptedException {
    double seconds = (System.nanoTime() - began) / 1e9;
    boolean ahead = rowsPerSecond > 0 && rows > rowsPerSecond * seconds;
    if (ahead) {
      Thread.sleep(NAP.toMillis());
    }
    return ahead;
  }
}
