package io.milvus.cdc.internal.engine;

import io.milvus.cdc.catalog.Catalog;
import io.milvus.cdc.event.Position;
import io.milvus.cdc.internal.checkpoint.Checkpoint;
import io.milvus.cdc.internal.checkpoint.CheckpointClaim;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;

/**
 * Moves a task's checkpoint: what is done, and how far ahead rows may have been sent. For one
 * thread.
 *
 * <p>The window between the two is what a crash makes doubtful, and what is replayed after it.
 */
final class CheckpointKeeper {
  /** A store without need, so that the source may forget what is done. */
  private static final Duration IDLE = Duration.ofSeconds(5);

  private final CheckpointClaim claim;
  private final InstantSource time;
  private final Supplier<Catalog> applied;
  private final Supplier<String> target;
  private final Map<String, Position> positions;
  private final long scopedAt;
  private long watermark;
  private long reserved;
  private long ceiling;
  private Instant savedAt = Instant.EPOCH;
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
    this.scopedAt = start.scopedAt();
    this.watermark = start.watermark();
    this.reserved = start.reserved();
    this.ceiling = start.ceiling();
  }

  /** Nothing above this source timestamp was sent, or may be before the next store. */
  long reserved() {
    return reserved;
  }

  /** Nothing gets a timestamp above this on the target before the next store. */
  long ceiling() {
    return ceiling;
  }

  /** Everything at or below this source timestamp is stored as done. */
  long watermark() {
    return watermark;
  }

  Map<String, Position> positions() {
    return positions;
  }

  /** Rows up to {@link #reserved} are about to be sent. */
  void openWindow() {
    windowOpen = true;
  }

  /** Whether rows may be on the target that the stored watermark does not cover. */
  boolean windowOpen() {
    return windowOpen;
  }

  /** A change of the catalog was made that is not stored. */
  void owe() {
    owing = true;
  }

  /** Whether such a change must be stored before anything else is sent. */
  boolean owes() {
    return owing;
  }

  /** Whether it is time to store the watermark, just so. */
  boolean due(long reached) {
    return reached > watermark && savedAt.plus(IDLE).isBefore(time.instant());
  }

  /**
   * Stores what is done, and how far ahead rows may be sent from now on.
   *
   * @param ahead the highest timestamp of theirs on the source
   * @param highest the highest that they may get on the target
   * @param needed the positions that belong to this watermark
   * @param intended the ids of what is listed as applied and is only about to be
   */
  void save(long done, long ahead, long highest, Map<String, Position> needed, Set<Long> intended) {
    positions.putAll(needed);
    watermark = done;
    reserved = ahead;
    ceiling = highest;
    savedAt = time.instant();
    claim.save(
        new Checkpoint(
            done,
            ahead,
            highest,
            positions,
            applied.get(),
            intended,
            target.get(),
            savedAt,
            scopedAt,
            null,
            false));
    windowOpen = false;
    owing = false;
  }
}
