package io.milvus.cdc.internal.engine;

import io.milvus.cdc.StartFrom;
import io.milvus.cdc.TaskSpec;
import io.milvus.cdc.catalog.Catalog;
import io.milvus.cdc.event.Position;
import io.milvus.cdc.internal.checkpoint.Checkpoint;
import io.milvus.cdc.internal.order.Scope;
import io.milvus.cdc.sources.ReadFrom;
import io.milvus.cdc.targets.RowsOnTarget;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Computes the position at which a task begins, or resumes from its checkpoint. */
record TaskStart(TaskSpec spec) {
  /** Returns the checkpoint of a task that has none yet. */
  Checkpoint checkpoint(Catalog known) {
    long watermark = watermark();
    return new Checkpoint(
        watermark,
        watermark,
        watermark,
        Map.of(),
        Catalog.EMPTY,
        Set.of(),
        "",
        Instant.EPOCH,
        0,
        Scope.newestName(known),
        null,
        false);
  }

  /**
   * Returns the checkpoint of a task that begins with existing rows. Nothing at or below the cut is
   * on the target yet.
   */
  Checkpoint checkpoint(long cut, Map<String, Position> beginnings, Instant now) {
    return new Checkpoint(
        0, 0, 0, beginnings, Catalog.EMPTY, Set.of(), "", now, cut, cut, null, false);
  }

  /** Returns whether the next step of the task is to copy existing rows. */
  boolean copies(Optional<Checkpoint> stored) {
    return stored.map(Checkpoint::isCopying).orElse(spec.startFrom() instanceof StartFrom.Existing);
  }

  /** Returns the source timestamp up to which everything counts as done before the task begins. */
  long watermark() {
    return spec.startFrom() instanceof StartFrom.At at ? at.watermark().value() : 0;
  }

  /**
   * Returns the position to read a channel from, by the catalog that is known when the task
   * connects.
   */
  ReadFrom reading(Optional<Checkpoint> stored, String channel, Catalog known) {
    return stored
        .map(checkpoint -> resume(checkpoint, checkpoint.positions().get(channel)))
        .orElseGet(() -> begin(channel, known));
  }

  private ReadFrom resume(Checkpoint stored, @Nullable Position position) {
    return position == null ? unread(stored) : new ReadFrom.Resume(position);
  }

  /** Returns the position to read from if nothing of a channel was read. */
  ReadFrom unread(Checkpoint stored) {
    Scope scope = scope(stored);
    boolean skips = spec.startFrom() instanceof StartFrom.Latest || stored.cut() > 0;
    long since = skips ? stored.scopedAt() : 0;
    return new ReadFrom.Continue(
        (catalog, collection) ->
            collection.createdAt() > since && scope.wants(catalog, collection));
  }

  private ReadFrom begin(String channel, Catalog known) {
    if (spec.startFrom() instanceof StartFrom.Latest
        || spec.startFrom() instanceof StartFrom.Existing) {
      return new ReadFrom.Latest();
    }
    Position position =
        spec.startFrom() instanceof StartFrom.At at ? at.positions().get(channel) : null;
    Scope scope = scope(checkpoint(known));
    return position == null ? new ReadFrom.Earliest(scope::wants) : new ReadFrom.At(position);
  }

  Scope scope(Checkpoint checkpoint) {
    return new Scope(
        database -> spec.selection().includes(database),
        (database, collection) -> spec.selection().includes(database, collection),
        checkpoint.scopedAt());
  }

  /** Returns which rows the target may have before this task sends any. */
  RowsOnTarget rowsOnTarget() {
    return fromTheBeginning() ? RowsOnTarget.NONE : RowsOnTarget.ANY;
  }

  /** Returns whether the target must have no rows except those that this task sends. */
  boolean fromTheBeginning() {
    return spec.startFrom() instanceof StartFrom.Earliest
        || spec.startFrom() instanceof StartFrom.Existing;
  }
}
