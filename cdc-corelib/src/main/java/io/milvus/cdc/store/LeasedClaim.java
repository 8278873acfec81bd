package io.milvus.cdc.store;

import io.milvus.cdc.error.RetriableException;
import io.milvus.cdc.error.StaleOwnerException;
import io.milvus.cdc.error.UnknownOutcomeException;
import java.time.Duration;
import java.util.Optional;
import java.util.function.LongUnaryOperator;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Claims a name in a shared store: owned by lease, written behind a fence.
 *
 * <p>A write without an answer may still arrive, even after the next one. Before anything else is
 * read or written, the fence is therefore moved. That settles whether the write has arrived or
 * never will.
 */
final class LeasedClaim implements Claim {
  private static final Logger LOG = LoggerFactory.getLogger(LeasedClaim.class);
  private static final long PAUSE_MILLIS = 100;

  private final String name;
  private final Tenure tenure;
  private final Lease lease;
  private final Leases leases;
  private long fence;
  private boolean doubtful;

  /**
   * Creates a claim that the store has granted.
   *
   * @param name the name and its place, for messages
   */
  LeasedClaim(String name, Tenure tenure, long fence, Lease lease, Leases leases) {
    this.name = name;
    this.tenure = tenure;
    this.fence = fence;
    this.lease = lease;
    this.leases = leases;
  }

  /** Returns the pause between calls of {@link #renew}. */
  Duration period() {
    return lease.period();
  }

  void renew() {
    long askedAt = System.nanoTime();
    try {
      if (tenure.renew()) {
        lease.renewed(askedAt);
      } else {
        lease.end("was lost: another owner has taken it over");
        leases.forget(this);
      }
    } catch (RuntimeException e) {
      // If the lease may have expired, its users learn that from requireOwned.
      LOG.info("The lease on {} could not be renewed: {}", name, e.getMessage());
    }
  }

  @Override
  public void requireOwned() {
    lease.requireOwned();
  }

  @Override
  public synchronized Optional<String> load() {
    return patiently("loaded", tenure::read).map(packed -> PackedText.unpack(name, packed));
  }

  @Override
  public synchronized void save(String text) {
    String packed = PackedText.pack(text);
    write("saved", current -> tenure.write(current, packed));
  }

  @Override
  public synchronized void delete() {
    write("deleted", tenure::remove);
  }

  private void write(String doing, LongUnaryOperator writing) {
    patiently(
        doing,
        () -> {
          if (lease.over()) {
            lease.requireOwned();
          }
          doubtful = true;
          long next = writing.applyAsLong(fence);
          if (next == 0) {
            throw new RetriableException(
                "Its fence no longer has the value that this process wrote", "");
          }
          fence = next;
          doubtful = false;
          return next;
        });
  }

  /** Retries for a while, and moves the fence first if the last write is in doubt. */
  private <T> T patiently(String doing, Supplier<T> action) {
    long end = System.nanoTime() + lease.length().toNanos();
    while (true) {
      try {
        if (doubtful && !lease.over()) {
          fence = tenure.moveFence();
          doubtful = false;
        }
        return action.get();
      } catch (StaleOwnerException e) {
        lease.end("was lost: another owner has taken it over");
        throw e;
      } catch (RetriableException e) {
        if (System.nanoTime() > end || !pause()) {
          throw new UnknownOutcomeException(
              "The text of %s could not be %s within %d s, or no answer confirmed it: %s"
                  .formatted(name, doing, lease.length().toSeconds(), e.getMessage()),
              "",
              e);
        }
      }
    }
  }

  private static boolean pause() {
    try {
      Thread.sleep(PAUSE_MILLIS);
      return true;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }

  @Override
  public synchronized void close() {
    leases.forget(this);
    if (!lease.over()) {
      lease.end("was released");
      try {
        tenure.release();
      } catch (RuntimeException e) {
        LOG.info("{} is free when its lease has expired: {}", name, e.getMessage());
      }
    }
  }
}
