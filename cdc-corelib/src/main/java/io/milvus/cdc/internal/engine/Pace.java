package io.milvus.cdc.internal.engine;

import java.time.Duration;

/**
 * How long a task rests between ticks that have no rows before them. Each tick asks the source for
 * its catalog, and etcd goes through all keys to answer: 4 ms of its processor for 1,000. Rows
 * never wait for this. For one thread.
 */
final class Pace {
  /** Of the time, so much may be spent on asking. */
  private static final int ONE_IN = 50;

  /** Readers of an idle target that want all there is wait for the next tick. */
  private static final Duration LONGEST = Duration.ofSeconds(1);

  /** An answer that came late for another reason does not count for long. */
  private static final int SMOOTHING = 4;

  private Duration usual = Duration.ZERO;

  /** Takes note of how long an answer took. */
  void asked(Duration took) {
    usual = usual.multipliedBy(SMOOTHING - 1).plus(took).dividedBy(SMOOTHING);
  }

  Duration rest() {
    Duration fair = usual.multipliedBy(ONE_IN);
    return fair.compareTo(LONGEST) < 0 ? fair : LONGEST;
  }
}
