package io.milvus.cdc.targets.milvus;

import java.util.concurrent.locks.ReentrantLock;

/**
 * Assigns the timestamps of one target channel, which never go back. Each message gets a timestamp
 * above all earlier ones, and its own one if that is high enough.
 *
 * <p>The lock is held from stamping until the target has acknowledged, so that two tasks on one
 * channel cannot overtake each other.
 */
final class StandbyClock {
  private final ReentrantLock lock = new ReentrantLock();
  // Written under the lock; read without it for reports and reservations.
  private volatile long last;
  private long ticked;
  private long source = -1;

  void lock() throws InterruptedException {
    lock.lockInterruptibly();
  }

  void unlock() {
    lock.unlock();
  }

  /** Makes all later timestamps higher than this. */
  void raise(long floor) {
    last = Math.max(last, floor);
    ticked = Math.max(ticked, floor);
  }

  /** Begins a sequence of {@link #stamp} calls. */
  void begin() {
    source = -1;
  }

  /**
   * Returns the timestamp for a message. Call it in ascending order of their own timestamps. Equal
   * ones stay equal, because a delete must not reach the insert of its own upsert.
   */
  long stamp(long timestamp) {
    if (timestamp != source) {
      source = timestamp;
      last = Math.max(timestamp, last + 1);
    }
    return last;
  }

  /** Returns the timestamp of a tick: this one, or the last one that was sent. */
  long tick(long timestamp) {
    last = Math.max(last, timestamp);
    ticked = last;
    return last;
  }

  /** Returns a timestamp that no tick has passed: rows at or below it may be lost. */
  long lastTick() {
    return ticked;
  }

  /** Returns the highest timestamp that was sent. */
  long last() {
    return last;
  }
}
