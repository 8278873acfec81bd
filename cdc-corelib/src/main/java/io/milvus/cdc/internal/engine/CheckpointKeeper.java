package io.milvus.cdc.internal.engine;

import io.milvus.cdc.catalog.Catalog;
import io.milvus.cdc.event.Position;
import io.milvus.cdc.internal.checkpoint.Checkpoint;
import io.milvus.cdc.internal.checkpoint.CheckpointClaim;
import io.milvus.cdc.internal.checkpoint.Copies;
import io.milvus.cdc.internal.checkpoint.CopyOrder;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;

/**
 * Moves a task's checkpoint: the finished part, and how far ahead rows may have been sent. For one
 * thread.
 *
 * <p>A crash leaves the window between the two in doubt. This window is replayed afterwards.
 */
final class CheckpointKeeper {
  /** How long to wait before a store that only lets the source release finished messages. */
  private static final Duration IDLE = Duration.ofSeconds(5);

  private final CheckpointClaim claim;
  private final InstantSource time;
  private final Supplier<Catalog> applied;
  private final Supplier<String> target;
  private final Map<String, Position> positions;
  private final long scopedAt;
  private Copies copies;
  private long watermark;
  private long reserved;
  private long ceiling;
  private Instant savedAt = Instant.EPOCH;

  /** Ticks up to here may have been sent without a store, so no ceiling may be lower. */
  private long ticked;

  private boolean windowOpen;
  private boolean owing;

  CheckpointKeeper(
      CheckpointClaim claim,
      InstantSource time,
      Checkpoint start,
      Supplier<Catalog> applied,
      Supplier<String> target) {
    this.claim = claim;
    this.time = time;
    this.applied = applied;
    this.target = target;
    this.positions = new HashMap<>(start.positions());
    this.copies = start.copies();
    this.scopedAt = start.scopedAt();
    this.watermark = start.watermark();
    this.reserved = start.reserved();
    this.ceiling = start.ceiling();
  }

  /**
   * Returns the source timestamp above which nothing was sent, or may be sent before the next
   * store.
   */
  long reserved() {
    return reserved;
  }

  /** Returns the highest timestamp that the target may receive before the next store. */
  long ceiling() {
    return ceiling;
  }

  /** Returns the source timestamp up to which everything is stored as done. */
  long watermark() {
    return watermark;
  }

  Map<String, Position> positions() {
    return positions;
  }

  /** Notes that rows up to {@link #reserved} are about to be sent. */
  void openWindow() {
    windowOpen = true;
  }

  /** Returns whether the target may have rows that the stored watermark does not cover. */
  boolean windowOpen() {
    return windowOpen;
  }

  /**
   * Stores that the target has dropped the collections of an order, so that their copy can begin.
   */
  void emptied(CopyOrder order) {
    copies = copies.with(order.afterDrops());
    ticked = Math.max(ceiling, order.cut());
    save(0, 0, ticked, Map.of(), Set.of());
  }

  /** Notes that a change of the catalog was applied and is not stored. */
  void owe() {
    owing = true;
  }

  /** Returns whether such a change must be stored before anything else is sent. */
  boolean owes() {
    return owing;
  }

  /** Returns whether it is time to store the watermark even if nothing requires it. */
  boolean due(long reached) {
    return reached > watermark && savedAt.plus(IDLE).isBefore(time.instant());
  }

  /**
   * Stores the finished part, and how far ahead rows may be sent from now on.
   *
   * @param ahead the highest source timestamp of these rows
   * @param highest the highest timestamp that they may get on the target
   * @param needed the positions that belong to this watermark
   * @param intended the ids of objects that are listed as applied and are about to be created
   */
  void save(long done, long ahead, long highest, Map<String, Position> needed, Set<Long> intended) {
    positions.putAll(needed);
    watermark = done;
    reserved = ahead;
    ceiling = Math.max(ticked, highest);
    savedAt = time.instant();
    copies = copies.reached(done);
    claim.save(
        new Checkpoint(
            done,
            ahead,
            ceiling,
            positions,
            applied.get(),
            intended,
            target.get(),
            savedAt,
            copies,
            scopedAt,
            null,
            false));
    windowOpen = false;
    owing = false;
  }
}
