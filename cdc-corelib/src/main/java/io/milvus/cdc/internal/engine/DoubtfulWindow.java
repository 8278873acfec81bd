package io.milvus.cdc.internal.engine;

import io.milvus.cdc.internal.order.TickMerger;

/**
 * The rows above the watermark that may be on the target already, because nobody saw a delivery
 * end. They are replayed as a whole, so that their keys are deleted once. For one thread, but for
 * {@link #isOpen} and {@link #conclude}.
 */
final class DoubtfulWindow {
  private final Quiet quiet = new Quiet();

  /** The last timestamp that may be in doubt, if it is above the watermark; 0 once replayed. */
  private long until;

  private volatile boolean open;
  private volatile boolean concluding;

  /**
   * Begins with what a checkpoint says.
   *
   * @param reserved up to here rows may have been sent
   */
  DoubtfulWindow(long reserved, long watermark) {
    until = reserved;
    open = until > watermark;
  }

  /** Whether there was one when it was last looked at. From any thread. */
  boolean isOpen() {
    return open;
  }

  /**
   * Ends it at the last tick, should no tick ever come that covers it. Nothing was sent beyond the
   * ticks that the queue holds, so once they are all read nothing is doubtful. From any thread.
   */
  void conclude() {
    concluding = true;
  }

  /** Looks whether it is over, or can be concluded. */
  void look(TickMerger merger, long watermark) {
    open = isAbove(watermark);
    if (open && concluding && quiet.with(merger.view())) {
      until = Math.max(watermark, merger.frontier(merger.snapshot()));
    }
  }

  boolean isAbove(long watermark) {
    return until > watermark;
  }

  /** This timestamp, or the window's end where that is later. */
  long atLeast(long timestamp) {
    return Math.max(timestamp, until);
  }

  /** It has been replayed. */
  void end() {
    until = 0;
  }
}
