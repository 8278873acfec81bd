package io.milvus.cdc.internal.segments;

import java.util.Arrays;

/** Estimates how rows are spread over time. Immutable. */
final class Spread {
  private final long from;
  private final long to;
  private final long[] samples;

  private Spread(long from, long to, long[] samples) {
    this.from = from;
    this.to = to;
    this.samples = samples;
  }

  /**
   * Returns the spread of rows whose timestamps were not read.
   *
   * @param from the hybrid timestamp of the oldest row
   * @param to the hybrid timestamp of the newest row
   */
  static Spread even(long from, long to) {
    return new Spread(from, to, new long[0]);
  }

  /**
   * Returns the spread of rows whose timestamps were read.
   *
   * @param samples the timestamps of every n-th row
   */
  static Spread sampled(long from, long to, long... samples) {
    long[] sorted = samples.clone();
    Arrays.sort(sorted);
    return new Spread(from, to, sorted);
  }

  /** Returns whether timestamps of rows were read. */
  boolean isSampled() {
    return samples.length > 0;
  }

  long from() {
    return from;
  }

  long to() {
    return to;
  }

  /** Returns the share of the rows that is at or below a hybrid timestamp, from 0 to 1. */
  double upTo(long timestamp) {
    if (timestamp < from) {
      return 0;
    }
    if (timestamp >= to) {
      return 1;
    }
    return isSampled()
        ? (double) countUpTo(timestamp) / samples.length
        : ((double) (timestamp - from) + 1) / ((double) (to - from) + 1);
  }

  private int countUpTo(long timestamp) {
    int low = 0;
    int high = samples.length;
    while (low < high) {
      int middle = (low + high) / 2;
      if (samples[middle] <= timestamp) {
        low = middle + 1;
      } else {
        high = middle;
      }
    }
    return low;
  }
}
