package io.milvus.cdc.store;

import io.milvus.cdc.error.AlreadyOwnedException;
import io.milvus.cdc.error.CheckpointException;
import io.milvus.cdc.error.RetriableException;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/**
 * Holds the open claims of one store, and the one daemon thread that renews their leases. The
 * thread ends when no claim is left.
 */
final class Leases implements AutoCloseable {
  private static final int TRIES = 3;
  private static final int IDLE_SECONDS = 10;

  private final Duration length;
  private final ScheduledThreadPoolExecutor thread;
  private final Map<LeasedClaim, Future<?>> open = new ConcurrentHashMap<>();

  /**
   * Creates an empty set of claims.
   *
   * @param length the length of each lease
   */
  Leases(Duration length) {
    this.length = length;
    thread =
        new ScheduledThreadPoolExecutor(
            1,
            work -> {
              Thread renewing = new Thread(work, "cdc-store-leases");
              renewing.setDaemon(true);
              return renewing;
            });
    thread.setKeepAliveTime(IDLE_SECONDS, TimeUnit.SECONDS);
    thread.allowCoreThreadTimeOut(true);
    thread.setRemoveOnCancelPolicy(true);
  }

  /**
   * Claims a name, and renews its lease from then on.
   *
   * @param name the name and its place, for messages
   */
  LeasedClaim claim(String name, Tenure tenure) {
    // Counted from the first try, which may be the one that succeeded.
    long askedAt = System.nanoTime();
    for (int attempt = 1; ; attempt++) {
      try {
        long fence = tenure.take();
        if (fence == 0) {
          throw taken(name, tenure);
        }
        return renewed(
            new LeasedClaim(name, tenure, fence, new Lease(name, length, askedAt), this));
      } catch (RetriableException e) {
        if (attempt == TRIES || Thread.currentThread().isInterrupted()) {
          throw new CheckpointException(
              "Claiming %s failed: %s".formatted(name, e.getMessage()), "", e);
        }
      }
    }
  }

  private AlreadyOwnedException taken(String name, Tenure tenure) {
    return new AlreadyOwnedException(
        "%s is owned by %s.".formatted(name, tenure.holder().orElse("another process")),
        "If that process was killed, the name is free when its lease of %d s has expired."
            .formatted(length.toSeconds()));
  }

  private LeasedClaim renewed(LeasedClaim claim) {
    long nanos = claim.period().toNanos();
    open.put(
        claim, thread.scheduleWithFixedDelay(claim::renew, nanos, nanos, TimeUnit.NANOSECONDS));
    return claim;
  }

  void forget(LeasedClaim claim) {
    Future<?> renewing = open.remove(claim);
    if (renewing != null) {
      renewing.cancel(false);
    }
  }

  /** Releases the open claims. */
  @Override
  public void close() {
    open.keySet().forEach(LeasedClaim::close);
    thread.shutdownNow();
  }
}
