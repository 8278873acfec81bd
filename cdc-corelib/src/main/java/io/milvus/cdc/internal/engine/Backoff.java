package io.milvus.cdc.internal.engine;

import java.time.Duration;
import java.util.concurrent.ThreadLocalRandom;

/** Computes growing, capped, jittered pauses between attempts. For one thread. */
final class Backoff {
  private static final Duration FIRST = Duration.ofMillis(200);
  private static final Duration LONGEST = Duration.ofSeconds(15);

  private int attempt;

  /** Returns the number of the next attempt, from 1. */
  int attempt() {
    return attempt + 1;
  }

  /** Returns the pause before the next attempt: between half and all of the full pause. */
  Duration next() {
    long full = Math.min(LONGEST.toMillis(), FIRST.toMillis() << Math.min(attempt, 10));
    attempt++;
    return Duration.ofMillis(ThreadLocalRandom.current().nextLong(full / 2, full + 1));
  }

  void reset() {
    attempt = 0;
  }
}
