package io.milvus.cdc.internal.engine;

import java.time.Duration;

/**
 * Computes how long a task rests between ticks that have no rows before them. Each tick asks the
 * source for its catalog, and etcd scans all keys to answer: 4 ms of CPU for 1,000 keys. Rows never
 * wait for this rest. For one thread.
 */
final class Pace {
  /** The inverse of the share of time that may be spent on requests. */
  private static final int ONE_IN = 50;

  /**
   * The longest rest. Readers of an idle target that request the newest state wait for the next
   * tick.
   */
  private static final Duration LONGEST = Duration.ofSeconds(1);

  /**
   * The weight of earlier answers, so that an answer that was late for another reason counts
   * briefly.
   */
  private static final int SMOOTHING = 4;

  private Duration usual = Duration.ZERO;

  /** Records how long an answer took. */
  void asked(Duration took) {
    usual = usual.multipliedBy(SMOOTHING - 1).plus(took).dividedBy(SMOOTHING);
  }

  Duration rest() {
    Duration fair = usual.multipliedBy(ONE_IN);
    return fair.compareTo(LONGEST) < 0 ? fair : LONGEST;
  }
}
