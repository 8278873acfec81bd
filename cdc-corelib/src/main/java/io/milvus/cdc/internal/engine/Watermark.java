package io.milvus.cdc.internal.engine;

import io.milvus.cdc.catalog.Timestamps;
import io.milvus.cdc.error.RetriableException;
import io.milvus.cdc.event.Position;
import io.milvus.cdc.internal.checkpoint.CopyOrder;
import io.milvus.cdc.internal.order.TickMerger;
import io.milvus.cdc.targets.TargetSession;
import java.time.InstantSource;
import java.util.Map;
import java.util.Set;

/**
 * Tracks how far the target is, and stores this in the checkpoint. Rows are reserved before they
 * are sent, and stored as done afterwards. For one thread.
 */
final class Watermark {
  /** The source time by which sent rows may be ahead of the stored watermark. */
  static final long LOOKAHEAD_MILLIS = 1000;

  private final TargetSession target;
  private final TickMerger merger;
  private final ChannelThreads readers;
  private final CheckpointKeeper keeper;
  private final Milestones report;
  private final long lookaheadMillis;
  private final InstantSource time;
  private final DoubtfulWindow doubtful;
  private final long limit;
  private long value;
  private boolean midway;

  /**
   * Creates the watermark of a checkpoint.
   *
   * @param lookaheadMillis the source time for which rows are reserved beyond the rows to send
   * @param limit nothing above this source timestamp is sent, so nothing above it is reserved
   */
  Watermark(
      TargetSession target,
      TickMerger merger,
      ChannelThreads readers,
      CheckpointKeeper keeper,
      Milestones report,
      long lookaheadMillis,
      long limit,
      InstantSource time) {
    this.target = target;
    this.merger = merger;
    this.readers = readers;
    this.keeper = keeper;
    this.report = report;
    this.lookaheadMillis = lookaheadMillis;
    this.limit = limit;
    this.time = time;
    this.value = keeper.watermark();
    this.doubtful = new DoubtfulWindow(keeper.reserved(), value);
  }

  /**
   * Stores the timestamp that the target's session begins above, before any message gets one. The
   * next process may not see the reason for it, such as a collection that was dropped meanwhile.
   *
   * @param intended the ids of listed objects that may not be on the target
   */
  void beginSession(Set<Long> intended) {
    if (readableAt() > keeper.ceiling()) {
      store(readableAt(), intended);
    }
  }

  /** Returns the source timestamp up to which everything is on the target. */
  long value() {
    return value;
  }

  /** Returns the rows above the watermark that may be on the target. */
  DoubtfulWindow doubtful() {
    return doubtful;
  }

  /** Returns whether rows above the watermark may be on the target from an earlier life. */
  boolean inDoubt() {
    return doubtful.isAbove(value);
  }

  /** Returns the guarantee timestamp with which readers of the target see its current state. */
  long readableAt() {
    return target.guarantee(value);
  }

  /** Marks that rows or changes were accepted which the target has not confirmed yet. */
  void begin() {
    midway = true;
  }

  /** Marks that the target has confirmed everything. */
  void end() {
    midway = false;
  }

  /**
   * Reserves rows in the checkpoint before they are sent.
   *
   * @param upTo their highest timestamp on the source
   * @param highest the highest timestamp that they get on the target
   * @param before the positions that belong to the watermark before them
   */
  void reserve(long upTo, long highest, Map<String, Position> before) {
    if (keeper.owes() || upTo > keeper.reserved() || highest > keeper.ceiling()) {
      long reserve = upTo > keeper.reserved() ? Math.min(limit, ahead(upTo)) : keeper.reserved();
      // It must also exceed the timestamps on channels that this delivery does not use.
      long ceiling = Math.max(ahead(highest), readableAt());
      keeper.save(value, reserve, Math.max(reserve, ceiling), before, Set.of());
      report.checkpointed(value, keeper.positions());
    }
    keeper.openWindow();
  }

  /**
   * Returns a little more than is needed, so that not every round requires a store. Never returns a
   * timestamp far in the future.
   */
  private long ahead(long needed) {
    long soon = Timestamps.plusMillis(Timestamps.of(time.instant()), lookaheadMillis / 2);
    return Math.max(needed, Math.min(Timestamps.plusMillis(needed, lookaheadMillis), soon));
  }

  /** Reports that all rows up to here are on the target. Then shows them to its readers. */
  void advance(long upTo) throws InterruptedException {
    value = upTo;
    if (keeper.owes() || (keeper.windowOpen() && upTo > keeper.reserved())) {
      store();
    }
    // Before the ticks: a reader that sees a row must find a read timestamp that covers it.
    reached();
    target.advance(upTo);
    reached();
  }

  void reached() {
    report.reached(value, readableAt());
  }

  /** Passes a stretch without rows, or reaches a change. Readers of the target see no tick. */
  void pass(long upTo) {
    value = Math.max(value, upTo);
  }

  /**
   * Notes that a change of the catalog was applied. The checkpoint must hold it before more is
   * sent.
   */
  void owe() {
    keeper.owe();
  }

  /** Begins anew at zero, because the target has dropped the collections of an order. */
  void restart(CopyOrder order) {
    // First: if the store fails, a last store must not hold the former watermark.
    value = 0;
    doubtful.end();
    keeper.emptied(order);
  }

  /** Stores pending changes of the catalog. */
  void storeOwed() {
    if (keeper.owes()) {
      store();
    }
  }

  /**
   * Stores the watermark if the last store was long ago, so that the source may release finished
   * messages.
   */
  void storeNowAndThen() {
    if (keeper.due(value)) {
      store();
    }
  }

  void store() {
    // Replayed rows carry timestamps above their own. A new process must stay above those
    // timestamps too.
    store(readableAt(), Set.of());
  }

  /**
   * Stores the watermark before a change of the catalog.
   *
   * @param highest the highest timestamp that this change gets on the target
   * @param intended the ids of objects that are listed as applied and are about to be created
   */
  void store(long highest, Set<Long> intended) {
    long ahead = doubtful.atLeast(value);
    keeper.save(value, ahead, Math.max(ahead, highest), merger.positions(), intended);
    readers.acknowledge(keeper.positions());
    report.checkpointed(value, keeper.positions());
  }

  /**
   * Settles after a fault. An unreachable source must not put in doubt the rows that the target has
   * already applied.
   */
  void settleAfter(RetriableException fault) throws InterruptedException {
    try {
      settle();
    } catch (RetriableException e) {
      fault.addSuppressed(e);
    }
  }

  /** Leaves the target and the checkpoint at a consistent cut, if nothing is unconfirmed. */
  void settle() throws InterruptedException {
    if (!midway && !inDoubt()) {
      target.advance(value);
      store();
    }
  }
}
