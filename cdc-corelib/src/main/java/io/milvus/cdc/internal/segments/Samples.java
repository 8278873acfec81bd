package io.milvus.cdc.internal.segments;

import java.util.Arrays;
import java.util.function.LongConsumer;

/** Retains the timestamps of every n-th row, with a growing n. For one thread. */
final class Samples implements LongConsumer {
  /** In a part of 16 MiB, which Milvus writes at most in a sync, a sample is for 64 KiB. */
  private static final int MOST = 512;

  private final long[] kept = new long[MOST];
  private int count;
  private long every = 1;
  private long seen;
  private long from = Long.MAX_VALUE;
  private long to = Long.MIN_VALUE;

  @Override
  public void accept(long timestamp) {
    from = Math.min(from, timestamp);
    to = Math.max(to, timestamp);
    if (seen % every == 0 && count == MOST) {
      halve();
    }
    if (seen % every == 0) {
      kept[count++] = timestamp;
    }
    seen++;
  }

  private void halve() {
    for (int i = 0; i < MOST / 2; i++) {
      kept[i] = kept[2 * i];
    }
    count = MOST / 2;
    every *= 2;
  }

  /** Returns whether there is no row. */
  boolean isEmpty() {
    return count == 0;
  }

  /** Returns the spread of the rows. There must be one. */
  Spread spread() {
    return Spread.sampled(from, to, Arrays.copyOf(kept, count));
  }
}
