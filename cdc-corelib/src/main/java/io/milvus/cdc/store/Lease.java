package io.milvus.cdc.store;

import io.milvus.cdc.error.ConfigException;
import io.milvus.cdc.error.StaleOwnerException;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * Whether a name certainly still is ours, by this process's own clock. Thread-safe.
 *
 * <p>The store counts a term from when it got the request, we from before we sent it, and we stop
 * at two thirds: the rest is for clocks that run at different speeds and for a request that was let
 * through at the last moment.
 */
final class Lease {
  static final Duration USUAL = Duration.ofSeconds(10);

  /** What etcd grants at least, as it comes. */
  private static final Duration LEAST = Duration.ofSeconds(2);

  private static final Duration LONGEST_ANSWER = Duration.ofSeconds(5);

  private final String name;
  private final Duration length;
  private volatile long renewedAt;
  private volatile @Nullable String ended;

  /**
   * A lease that was taken.
   *
   * @param askedAt the {@link System#nanoTime} before it was asked for
   */
  Lease(String name, Duration length, long askedAt) {
    this.name = name;
    this.length = length;
    this.renewedAt = askedAt;
  }

  /** The same length, if a lease may have it. */
  static Duration checked(Duration length) {
    if (length.compareTo(LEAST) < 0) {
      throw new ConfigException(
          "A lease of %s is too short.".formatted(length), "Give at least %s.".formatted(LEAST));
    }
    return length;
  }

  /** How long a store may wait for one answer, so that it can ask again within the lease. */
  static Duration patience(Duration length) {
    Duration half = length.dividedBy(2);
    return half.compareTo(LONGEST_ANSWER) < 0 ? half : LONGEST_ANSWER;
  }

  /** How long to try to write: after that, nobody can be sure to be the owner. */
  Duration length() {
    return length;
  }

  /** How often to renew it, so that one renewal may fail without harm. */
  Duration period() {
    return length.dividedBy(5);
  }

  void renewed(long askedAt) {
    renewedAt = askedAt;
  }

  /** It is over for good; the first reason counts. */
  void end(String reason) {
    if (ended == null) {
      ended = reason;
    }
  }

  boolean over() {
    return ended != null;
  }

  void requireOwned() {
    String reason = ended;
    if (reason != null) {
      throw new StaleOwnerException("The claim on %s %s.".formatted(name, reason), "");
    }
    Duration since = Duration.ofNanos(System.nanoTime() - renewedAt);
    if (since.compareTo(length.multipliedBy(2).dividedBy(3)) >= 0) {
      throw new StaleOwnerException(
          ("The claim on %s was last confirmed %d ms ago, and its lease is %d ms: another "
                  + "may own the name.")
              .formatted(name, since.toMillis(), length.toMillis()),
          "See that the store answers; then go on, unless another does.");
    }
  }
}
