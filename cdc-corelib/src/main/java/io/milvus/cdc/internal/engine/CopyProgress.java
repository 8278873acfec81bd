package io.milvus.cdc.internal.engine;

import io.milvus.cdc.ExistingStatus;
import io.milvus.cdc.ExistingStatus.Phase;
import io.milvus.cdc.event.HybridTime;
import io.milvus.cdc.sources.ExistingRows.Amount;
import java.time.Duration;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Records how far a task has copied existing rows. Thread-safe; outlives connections. */
final class CopyProgress {
  private @Nullable Phase phase;
  private HybridTime cut = HybridTime.ZERO;
  private long rows;
  private long bytes;
  private Amount left = Amount.NONE;
  private Map<String, HybridTime> waitingFor = Map.of();
  private long began;
  private long leftAtBegin;

  /** Enters a phase. Returns the status, or null if the copy was in this phase already. */
  synchronized @Nullable ExistingStatus enter(Phase next, long at) {
    boolean changed = phase != next;
    phase = next;
    cut = new HybridTime(at);
    if (next != Phase.WAITING) {
      waitingFor = Map.of();
    }
    return changed ? status() : null;
  }

  /**
   * Sets the virtual channels that the copy waits for, by the timestamps that they have reached.
   */
  synchronized void waitingFor(Map<String, Long> behind) {
    Map<String, HybridTime> all = new TreeMap<>();
    behind.forEach((channel, time) -> all.put(channel, new HybridTime(time)));
    waitingFor = Map.copyOf(all);
  }

  /** Begins to measure the rate, with this amount to read. */
  synchronized void begin(Amount all) {
    left = all;
    leftAtBegin = all.bytes();
    began = System.nanoTime();
  }

  synchronized void sent(long moreRows, long moreBytes, Amount stillLeft) {
    rows += moreRows;
    bytes += moreBytes;
    left = stillLeft;
  }

  /** Returns the status, or null if nothing is copied. */
  synchronized @Nullable ExistingStatus status() {
    return phase == null
        ? null
        : ExistingStatus.builder(phase, cut)
            .sent(rows, bytes)
            .left(left.rows(), left.bytes())
            .timeLeft(timeLeft())
            .waitingFor(waitingFor)
            .build();
  }

  private @Nullable Duration timeLeft() {
    long read = leftAtBegin - left.bytes();
    if (phase != Phase.COPYING || read <= 0) {
      return null;
    }
    double nanos = (double) (System.nanoTime() - began) / read * left.bytes();
    return Duration.ofMillis((long) (nanos / 1e6));
  }
}
