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
 * @param copies the rows that were copied from the source's storage, and those that still are to be
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
    Copies copies,
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
        Copies.NONE,
        Long.MAX_VALUE,
        null,
        false);
  }

  /** Returns whether rows are still to be copied from the source's storage. */
  public boolean isCopying() {
    return copies.order() != null;
  }

  /** Returns whether the next step is to copy rows, instead of reading the channels. */
  public boolean copiesNext() {
    CopyOrder order = copies.order();
    return order != null && (order.emptied() || order.whole() || watermark >= order.cut());
  }

  /** Returns a copy with the order to copy rows, or without one if it is null. */
  public Checkpoint ordered(@Nullable CopyOrder order) {
    return with(copies.with(order), positions, scopedAt);
  }

  /**
   * Returns a copy for an order of everything, for which the source retains the messages from these
   * positions on.
   */
  public Checkpoint ordered(CopyOrder order, Map<String, Position> beginnings) {
    return with(copies.with(order), beginnings, order.cut());
  }

  private Checkpoint with(Copies changed, Map<String, Position> needed, long scope) {
    return new Checkpoint(
        watermark,
        reserved,
        ceiling,
        needed,
        applied,
        intended,
        target,
        savedAt,
        changed,
        scope,
        promotedAt,
        promoting);
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
        watermark, reserved, highest, positions, applied, intended, target, savedAt, copies,
        scopedAt, at, underway);
  }
}
