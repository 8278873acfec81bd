package io.milvus.cdc.internal.engine;

import io.milvus.cdc.internal.order.TickMerger;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** Detects when the channels have had nothing new for a while. For one thread. */
final class Quiet {
  private static final long NANOS = TimeUnit.SECONDS.toNanos(3);

  private List<TickMerger.ChannelView> last = List.of();
  private long since = System.nanoTime();

  /** Returns whether the channels have not changed for long. */
  boolean with(List<TickMerger.ChannelView> now) {
    if (!now.equals(last)) {
      last = now;
      since = System.nanoTime();
    }
    return System.nanoTime() - since > NANOS;
  }
}
