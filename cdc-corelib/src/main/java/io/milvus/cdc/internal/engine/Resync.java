package io.milvus.cdc.internal.engine;

import io.milvus.cdc.Selection;
import io.milvus.cdc.StartFrom;
import io.milvus.cdc.TaskSpec;
import io.milvus.cdc.TaskState;
import io.milvus.cdc.catalog.CollectionEntry;
import io.milvus.cdc.catalog.DatabaseEntry;
import io.milvus.cdc.error.ConfigException;
import io.milvus.cdc.error.IllegalTaskStateException;
import io.milvus.cdc.error.PromotedException;
import io.milvus.cdc.internal.checkpoint.Checkpoint;
import io.milvus.cdc.internal.checkpoint.CheckpointClaim;
import io.milvus.cdc.internal.checkpoint.CopyOrder;
import java.util.Set;
import java.util.stream.Collectors;

/** Checks and stores the order to copy collections of a task again. */
record Resync(EngineSettings settings, TaskSpec spec, CheckpointClaim claim) {
  private static final String ANY = "*";

  /** Belongs to every Milvus, so no task lists it as created. */
  private static final String DEFAULT_DATABASE = "default";

  /** Throws if the order cannot be carried out. */
  void check(TaskState state, boolean expired, Selection collections, StartFrom.Existing rows) {
    reject(state);
    Preflight.unreadableRows(settings, spec.toBuilder().startFrom(rows).build())
        .ifPresent(
            finding -> {
              throw new ConfigException(finding.what(), finding.cure());
            });
    Checkpoint stored = stored();
    if (isWhole(collections)) {
      return;
    }
    if (expired) {
      throw new IllegalTaskStateException(
          "Task '%s' failed because its source has lost messages, of any collection."
              .formatted(spec.id()),
          "Resync everything.");
    }
    if (stored.isCopying()) {
      throw new IllegalTaskStateException(
          "Task '%s' is copying existing rows already.".formatted(spec.id()),
          "Wait until that copy is complete, or resync everything.");
    }
    if (idsOf(collections, stored).isEmpty()) {
      throw new ConfigException(
          "Task '%s' replicates no collection that %s selects.".formatted(spec.id(), collections),
          "Use a name of a replicated collection on the source, like sales.orders.");
    }
  }

  private void reject(TaskState state) {
    if (state.givenOver()) {
      throw new PromotedException(
          "Task '%s' is %s: its target is not a standby.".formatted(spec.id(), state),
          "Demote the task first.");
    }
    if (state == TaskState.CLOSED || state == TaskState.DELETED) {
      throw new IllegalTaskStateException(
          "Task '%s' is %s and cannot be resynced.".formatted(spec.id(), state),
          "Submit it to an engine first.");
    }
  }

  /** Stores the order. The task must not be running. */
  void store(Selection collections, StartFrom.Existing rows) {
    Checkpoint stored = stored();
    Set<Long> ids = isWhole(collections) ? Set.of() : idsOf(collections, stored);
    claim.save(stored.ordered(new CopyOrder(ids, 0, false, rows)));
  }

  private Checkpoint stored() {
    return claim
        .load()
        .orElseThrow(
            () ->
                new IllegalTaskStateException(
                    "Task '%s' has never begun: there is nothing to copy again."
                        .formatted(spec.id()),
                    "Resume the task, or create it with existing rows."));
  }

  /** Returns whether a selection has everything that the task replicates. */
  private boolean isWhole(Selection collections) {
    return collections.covers(ANY, ANY) || collections.equals(spec.selection());
  }

  private static Set<Long> idsOf(Selection collections, Checkpoint stored) {
    return stored.applied().collections().values().stream()
        .filter(one -> collections.includes(databaseOf(one, stored), one.name()))
        .map(CollectionEntry::id)
        .collect(Collectors.toSet());
  }

  private static String databaseOf(CollectionEntry collection, Checkpoint stored) {
    DatabaseEntry database = stored.applied().databases().get(collection.databaseId());
    return database == null ? DEFAULT_DATABASE : database.name();
  }
}
