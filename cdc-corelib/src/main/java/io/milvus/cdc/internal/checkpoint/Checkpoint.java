package io.milvus.cdc.internal.checkpoint;

import io.milvus.cdc.catalog.Catalog;
import io.milvus.cdc.event.Position;
import java.time.Instant;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Where a task stands.
 *
 * @param watermark everything at or below this source timestamp is on the target
 * @param reserved nothing above this source timestamp was sent; between the two, anything may have
 *     been
 * @param ceiling nothing that was sent has a timestamp above this one on the target; higher than
 *     {@code reserved} where rows had to be given later timestamps than their own
 * @param positions by channel, the first message that is needed again
 * @param applied the collections and databases of the source that the target has
 * @param intended the ids of databases, collections and partitions in {@code applied} whose
 *     creation on the target had begun
 * @param target what the target's session must know again, opaque
 * @param scopedAt collections that are renamed into the task's selection after this source
 *     timestamp are not replicated, because their rows may have been passed over
 * @param promotedAt when the target began to be given over to others, or null
 * @param promoting whether it does not take their writes yet
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
    long scopedAt,
    @Nullable Instant promotedAt,
    boolean promoting) {
  public Checkpoint {
    positions = Map.copyOf(positions);
    intended = Set.copyOf(intended);
  }

  /** A checkpoint of a task to which names make no difference. */
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
        Long.MAX_VALUE,
        null,
        false);
  }

  /** The same while the target is being given over to others. */
  public Checkpoint promoting(Instant at) {
    return with(ceiling, at, true);
  }

  /** The same after the target was given over to others. */
  public Checkpoint promoted(Instant at) {
    return with(ceiling, at, false);
  }

  /**
   * The same after the target was taken back.
   *
   * @param highest nothing on the target has a timestamp above this one
   */
  public Checkpoint demoted(long highest) {
    return with(Math.max(ceiling, highest), null, false);
  }

  private Checkpoint with(long highest, @Nullable Instant at, boolean underway) {
    return new Checkpoint(
        watermark, reserved, highest, positions, applied, intended, target, savedAt, scopedAt, at,
        underway);
  }
}
