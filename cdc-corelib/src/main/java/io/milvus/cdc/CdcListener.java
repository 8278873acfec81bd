package io.milvus.cdc;

import io.milvus.cdc.catalog.AccessName;
import io.milvus.cdc.catalog.Serving;
import io.milvus.cdc.deadletter.DeadLetter;
import io.milvus.cdc.event.HybridTime;
import io.milvus.cdc.event.SchemaEvent;
import org.jspecify.annotations.Nullable;

/**
 * Is told what the tasks of an engine do. Calls come one after another, on one thread of the
 * engine's own, after the fact: a listener that is slow or throws delays and harms nothing but
 * itself. Where it falls far behind, calls are left out; a warning says how many.
 */
public interface CdcListener {
  /**
   * A task changed its state.
   *
   * @param cause what made it fail or retry, else null
   */
  default void stateChanged(String task, TaskState from, TaskState to, @Nullable Throwable cause) {}

  /** Rows are on the target; everything up to this watermark is. */
  default void rowsApplied(String task, long inserted, long deleted, HybridTime watermark) {}

  /**
   * A change of the catalog is on the target. The creation of a database, a collection or a
   * partition whose name is free may be reported before rows that are older.
   */
  default void schemaApplied(String task, SchemaEvent event) {}

  /**
   * A collection's indexes and load were made what they are on the source, now or before. Building
   * and loading may still be under way.
   */
  default void indexesSynced(String task, String database, String collection, Serving serving) {}

  /** A message that could not be handled was set aside; the task goes on without it. */
  default void deadLettered(String task, DeadLetter letter) {}

  /**
   * A user, a role or a group of privileges was made what it is on the source, be it gone, now or
   * before.
   */
  default void accessApplied(String task, AccessName name) {}

  /**
   * Something is not as on the source because the target cannot have it so; the task's status tells
   * for how long.
   *
   * @param why in words for people
   */
  default void limitationReported(String task, String why) {}

  /** The task would resume from this watermark after a crash. */
  default void checkpointed(String task, HybridTime watermark) {}
}
