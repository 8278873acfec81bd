package io.milvus.cdc.internal.queue.dump;

import java.util.concurrent.TimeUnit;

/** Wakes one waiting thread. A signal that comes before the wait is not lost. */
final class Signal {
  private boolean set;

  synchronized void clear() {
    set = false;
  }

  synchronized void set() {
    set = true;
    notifyAll();
  }

  /** Waits for a signal, for so many nanoseconds at most. */
  synchronized void await(long nanos) throws InterruptedException {
    long deadline = System.nanoTime() + nanos;
    for (long left = nanos; !set && left > 0; left = deadline - System.nanoTime()) {
      TimeUnit.NANOSECONDS.timedWait(this, left);
    }
  }
}
