package io.milvus.cdc.store;

import io.milvus.cdc.error.ConfigException;
import io.milvus.cdc.error.StaleOwnerException;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * Decides whether a name is certainly still owned, by this process's own clock. Thread-safe.
 *
 * <p>The store counts a term from the arrival of the request, this class from before it was sent.
 * It also stops at two thirds of the term. The rest allows for clocks of different speeds, and for
 * a request that was sent at the last moment.
 */
final class Lease {
  static final Duration USUAL = Duration.ofSeconds(10);

  /** The shortest lease that etcd grants in practice. */
  private static final Duration LEAST = Duration.ofSeconds(2);

  private static final Duration LONGEST_ANSWER = Duration.ofSeconds(5);

  private final String name;
  private final Duration length;
  private volatile long renewedAt;
  private volatile @Nullable String ended;

  /**
   * Begins a lease that was granted.
   *
   * @param askedAt the {@link System#nanoTime} before it was requested
   */
  Lease(String name, Duration length, long askedAt) {
    this.name = name;
    this.length = length;
    this.renewedAt = askedAt;
  }

  /** Returns the same length, if a lease may have it. */
  static Duration checked(Duration length) {
    if (length.compareTo(LEAST) < 0) {
      throw new ConfigException(
          "A lease of %s is too short.".formatted(length), "Set at least %s.".formatted(LEAST));
    }
    return length;
  }

  /** Returns how long a store may wait for one answer, so that it can retry within the lease. */
  static Duration patience(Duration length) {
    Duration half = length.dividedBy(2);
    return half.compareTo(LONGEST_ANSWER) < 0 ? half : LONGEST_ANSWER;
  }

  /** Returns how long to try a write. After that, no owner can be certain. */
  Duration length() {
    return length;
  }

  /** Returns the pause between renewals, so that one may fail without harm. */
  Duration period() {
    return length.dividedBy(5);
  }

  void renewed(long askedAt) {
    renewedAt = askedAt;
  }

  /** Ends the lease for good. The first reason stays. */
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
          ("The claim on %s was last confirmed %d ms ago, and its lease is %d ms: another"
                  + " process may own the name.")
              .formatted(name, since.toMillis(), length.toMillis()),
          "Check that the store answers. Then resume, unless another process owns the name.");
    }
  }
}
