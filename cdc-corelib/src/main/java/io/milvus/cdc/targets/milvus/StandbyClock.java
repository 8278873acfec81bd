package io.milvus.cdc.targets.milvus;

import java.util.concurrent.locks.ReentrantLock;

/**
 * The clock of one target channel, which never goes back: whatever is sent gets a timestamp above
 * everything that was sent before, its own one where that is high enough.
 *
 * <p>The lock is held from stamping until the target has acknowledged, so that two tasks on one
 * channel cannot overtake each other.
 */
final class StandbyClock {
  private final ReentrantLock lock = new ReentrantLock();
  // Written under the lock; read without it for reports and reservations.
  private volatile long last;
  private long source = -1;

  void lock() throws InterruptedException {
    lock.lockInterruptibly();
  }

  void unlock() {
    lock.unlock();
  }

  /** Whatever is stamped from now on lies above this. */
  void raise(long floor) {
    last = Math.max(last, floor);
  }

  /** Begins a sequence of {@link #stamp} calls. */
  void begin() {
    source = -1;
  }

  /**
   * The timestamp for a message, given in ascending order of their own. Equal ones stay equal,
   * because a delete must not reach the insert of its own upsert.
   */
  long stamp(long timestamp) {
    if (timestamp != source) {
      source = timestamp;
      last = Math.max(timestamp, last + 1);
    }
    return last;
  }

  /** The timestamp of a tick: this one, or what was already sent. */
  long tick(long timestamp) {
    last = Math.max(last, timestamp);
    return last;
  }

  /** The highest timestamp that was sent. */
  long last() {
    return last;
  }
}
