package io.milvus.cdc.internal.engine;

import io.milvus.cdc.StartFrom;
import io.milvus.cdc.TaskSpec;
import io.milvus.cdc.catalog.Catalog;
import io.milvus.cdc.event.Position;
import io.milvus.cdc.internal.checkpoint.Checkpoint;
import io.milvus.cdc.internal.checkpoint.Copies;
import io.milvus.cdc.internal.checkpoint.CopyOrder;
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
        Copies.NONE,
        Scope.newestName(known),
        null,
        false);
  }

  /**
   * Returns the checkpoint of a task that begins with existing rows, before their cut is chosen.
   * The target has none of them yet.
   */
  Checkpoint beforeCopy(Instant now) {
    return new Checkpoint(0, 0, 0, Map.of(), Catalog.EMPTY, Set.of(), "", now)
        .ordered(CopyOrder.beginning());
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
    boolean skips = spec.startFrom() instanceof StartFrom.Latest || stored.copies().cut() > 0;
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

  /**
   * Returns the scope of a copy. Collections that are copied again were replicated, so they remain
   * in it with any name.
   */
  Scope scope(Checkpoint checkpoint, CopyOrder order) {
    Scope scope = scope(checkpoint);
    return order.whole() ? scope : new Scope(scope.database(), (database, name) -> true);
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
