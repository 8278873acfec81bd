package io.milvus.cdc.examples.testbed.workload;

import java.time.Duration;

/** Limits the speed of a workload. */
final class Pace {
  private static final Duration NAP = Duration.ofMillis(20);

  private final double rowsPerSecond;
  private final long first;
  private final long began = System.nanoTime();

  /**
   * Creates a pace that begins now.
   *
   * @param rowsPerSecond 0 for no limit
   * @param first the number of rows that were written before
   */
  Pace(double rowsPerSecond, long first) {
    this.rowsPerSecond = rowsPerSecond;
    this.first = first;
  }

  /** Returns whether this number of rows is ahead of the pace. If it is, sleeps briefly first. */
  boolean waits(long rows) throws InterruptedException {
    double seconds = (System.nanoTime() - began) / 1e9;
    boolean ahead = rowsPerSecond > 0 && rows - first > rowsPerSecond * seconds;
    if (ahead) {
      Thread.sleep(NAP.toMillis());
    }
    return ahead;
  }
}
