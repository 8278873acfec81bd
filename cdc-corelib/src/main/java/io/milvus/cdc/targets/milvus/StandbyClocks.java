package io.milvus.cdc.targets.milvus;

import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.Collection;
import java.util.Deque;
import java.util.Map;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/** Holds the clocks of one target's channels. Thread-safe; locks of their own guard the clocks. */
final class StandbyClocks {
  private final Map<String, StandbyClock> clocks = new ConcurrentHashMap<>();

  /** Shared like the clocks, because messages of two tasks may be in one pack. */
  private final MessageIds messageIds = new MessageIds(new SecureRandom().nextLong());

  private final MessageLimit messageLimit = new MessageLimit();

  private @Nullable FirstSight firstSight;

  /** Returns the target as it was when the first session connected to it. */
  synchronized FirstSight firstSight(TargetCatalog target, InstantSource time)
      throws InterruptedException {
    if (firstSight == null) {
      firstSight = FirstSight.of(target, time);
    }
    return firstSight;
  }

  StandbyClock of(String channel) {
    return clocks.computeIfAbsent(channel, name -> new StandbyClock());
  }

  MessageIds messageIds() {
    return messageIds;
  }

  /** Returns the limit that all tasks share, so that each rejection is learned once. */
  MessageLimit messageLimit() {
    return messageLimit;
  }

  /** Locks several clocks for this thread, and waits until other threads release them. */
  Held hold(Collection<String> channels) throws InterruptedException {
    Held held = new Held();
    boolean all = false;
    try {
      // In the order of their names, so that two tasks never wait for each other in a circle.
      for (String channel : new TreeSet<>(channels)) {
        StandbyClock clock = of(channel);
        clock.lock();
        held.locked.push(clock);
      }
      all = true;
      return held;
    } finally {
      if (!all) {
        held.close();
      }
    }
  }

  /** Clocks that only this thread may read and advance, until it closes this. Can be nested. */
  final class Held implements AutoCloseable {
    private final Deque<StandbyClock> locked = new ArrayDeque<>();

    StandbyClock clock(String channel) {
      return of(channel);
    }

    @Override
    public void close() {
      while (!locked.isEmpty()) {
        locked.pop().unlock();
      }
    }
  }
}
