package io.milvus.cdc.internal.engine;

import io.milvus.cdc.internal.order.TickMerger;

/**
 * Tracks the rows above the watermark that may be on the target already, because no delivery was
 * seen to end. They are replayed as a whole, so that their keys are deleted once. For one thread,
 * except {@link #isOpen} and {@link #conclude}.
 */
final class DoubtfulWindow {
  private final Quiet quiet = new Quiet();

  /** The last timestamp that may be in doubt, if it is above the watermark; 0 once replayed. */
  private long until;

  private volatile boolean open;
  private volatile boolean concluding;

  /**
   * Creates the window of a checkpoint.
   *
   * @param reserved the source timestamp up to which rows may have been sent
   */
  DoubtfulWindow(long reserved, long watermark) {
    until = reserved;
    open = until > watermark;
  }

  /** Returns whether the window was open at the last check. From any thread. */
  boolean isOpen() {
    return open;
  }

  /**
   * Ends the window at the last tick if no tick ever covers it. Nothing was sent beyond the ticks
   * that the queue holds. So once they are all read, nothing is in doubt. From any thread.
   */
  void conclude() {
    concluding = true;
  }

  /** Checks whether the window is over, or can be concluded. */
  void look(TickMerger merger, long watermark) {
    open = isAbove(watermark);
    if (open && concluding && quiet.with(merger.view())) {
      until = Math.max(watermark, merger.frontier(merger.snapshot()));
    }
  }

  boolean isAbove(long watermark) {
    return until > watermark;
  }

  /** Returns the later of this timestamp and the window's end. */
  long atLeast(long timestamp) {
    return Math.max(timestamp, until);
  }

  /** Closes the window after it was replayed. */
  void end() {
    until = 0;
  }
}
