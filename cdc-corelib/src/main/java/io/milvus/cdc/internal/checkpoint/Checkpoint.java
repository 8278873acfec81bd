package io.milvus.cdc.internal.checkpoint;

import io.milvus.cdc.catalog.Catalog;
import io.milvus.cdc.event.Position;
import java.time.Instant;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Holds the progress of a task.
 *
 * @param watermark everything at or below this source timestamp is on the target
 * @param reserved nothing above this source timestamp was sent; between the two, anything may have
 *     been sent
 * @param ceiling no sent row has a timestamp above this one on the target; higher than {@code
 *     reserved} if rows needed later timestamps than their own
 * @param positions by channel, the first message that is needed again
 * @param applied the collections and databases of the source that the target has
 * @param intended the ids of databases, collections and partitions in {@code applied} whose
 *     creation on the target had begun
 * @param target the state that the target's session must restore, opaque
 * @param cut the rows at or below this source timestamp are copied from the source's storage, and
 *     the rows above it are read from its channels; 0 if nothing is copied
 * @param scopedAt collections that are renamed into the task's selection after this source
 *     timestamp are not replicated, because their rows may have been skipped
 * @param promotedAt when the target began to be released to other writers, or null
 * @param promoting whether the target does not accept other writers yet
 */
public record Checkpoint(
    long watermark,
    long reserved,
    long ceiling,
    Map<String, Position> positions,
    Catalog applied,
    Set<Long> intended,
    String target,
    Instant savedAt,
    long cut,
    long scopedAt,
    @Nullable Instant promotedAt,
    boolean promoting) {
  public Checkpoint {
    positions = Map.copyOf(positions);
    intended = Set.copyOf(intended);
  }

  /** Creates a checkpoint of a task for which names do not matter. */
  public Checkpoint(
      long watermark,
      long reserved,
      long ceiling,
      Map<String, Position> positions,
      Catalog applied,
      Set<Long> intended,
      String target,
      Instant savedAt) {
    this(
        watermark,
        reserved,
        ceiling,
        positions,
        applied,
        intended,
        target,
        savedAt,
        0,
        Long.MAX_VALUE,
        null,
        false);
  }

  /** Returns whether rows are still to be copied from the source's storage. */
  public boolean isCopying() {
    return watermark < cut;
  }

  /** Returns a copy for a target that is being released to other writers. */
  public Checkpoint promoting(Instant at) {
    return with(ceiling, at, true);
  }

  /** Returns a copy for a target that was released to other writers. */
  public Checkpoint promoted(Instant at) {
    return with(ceiling, at, false);
  }

  /**
   * Returns a copy for a target that was reclaimed.
   *
   * @param highest nothing on the target has a timestamp above this one
   */
  public Checkpoint demoted(long highest) {
    return with(Math.max(ceiling, highest), null, false);
  }

  private Checkpoint with(long highest, @Nullable Instant at, boolean underway) {
    return new Checkpoint(
        watermark, reserved, highest, positions, applied, intended, target, savedAt, cut, scopedAt,
        at, underway);
  }
}
