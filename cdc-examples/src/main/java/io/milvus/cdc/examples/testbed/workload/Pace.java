package io.milvus.cdc.examples.testbed.workload;

import java.time.Duration;

/** Limits the speed of a workload. */
final class Pace {
  private static final Duration NAP = Duration.ofMillis(20);

  private final double rowsPerSecond;
  private final long began = System.nanoTime();

  /** Creates a pace of this many rows a second; 0 for no limit. */
  Pace(double rowsPerSecond) {
    this.rowsPerSecond = rowsPerSecond;
  }

  /** Returns whether this number of rows is ahead of the pace. If it is, sleeps briefly first. */
  boolean waits(long rows) throws InterruptedException {
    double seconds = (System.nanoTime() - began) / 1e9;
    boolean ahead = rowsPerSecond > 0 && rows > rowsPerSecond * seconds;
    if (ahead) {
      Thread.sleep(NAP.toMillis());
    }
    return ahead;
  }
}
