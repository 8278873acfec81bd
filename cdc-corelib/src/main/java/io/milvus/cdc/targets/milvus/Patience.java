package io.milvus.cdc.targets.milvus;

import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Pauses for growing times while a target rejects requests temporarily. One thread waits; any
 * thread may read the reason.
 */
final class Patience {
  private static final Logger LOG = LoggerFactory.getLogger(Patience.class);
  private static final long FIRST_MILLIS = 50;
  private static final long LONGEST_MILLIS = 5_000;

  private final InstantSource time;
  private final long longestMillis;
  private int pauses;
  private volatile @Nullable String hindrance;
  private @Nullable Instant since;

  Patience(InstantSource time) {
    this(time, LONGEST_MILLIS);
  }

  /** Creates a patience with shorter pauses. */
  Patience(InstantSource time, long longestMillis) {
    this.time = time;
    this.longestMillis = longestMillis;
  }

  /** Waits, longer each time until a request succeeds. */
  void pause(String what, String answer) throws InterruptedException {
    if (since == null) {
      since = time.instant();
      LOG.info("The target accepts no more rows for now, rows wait: {}", answer);
    }
    hindrance =
        ("The target accepts no more rows for now. Rows wait since %s and are sent"
                + " again. It answered the request to %s with %s. If that lasts, raise its"
                + " quotaAndLimits, free memory or disk, or correct the cause that it names.")
            .formatted(since, what, answer);
    long full = Math.min(longestMillis, FIRST_MILLIS << Math.min(pauses, 10));
    pauses++;
    Thread.sleep(ThreadLocalRandom.current().nextLong(full / 2, full + 1));
  }

  /** Records that a request succeeded. */
  void passed() {
    pauses = 0;
    since = null;
    hindrance = null;
  }

  /** Returns why rows wait, in words for people; empty while they do not. */
  List<String> hindrances() {
    String now = hindrance;
    return now == null ? List.of() : List.of(now);
  }
}
