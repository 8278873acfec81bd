package io.milvus.cdc;

import io.milvus.cdc.annotation.Incubating;
import io.milvus.cdc.catalog.AccessName;
import io.milvus.cdc.catalog.Serving;
import io.milvus.cdc.deadletter.DeadLetter;
import io.milvus.cdc.event.HybridTime;
import io.milvus.cdc.event.SchemaEvent;
import org.jspecify.annotations.Nullable;

/**
 * Receives reports of the tasks of an engine, after the fact. Calls come one after another, on one
 * thread that belongs to the engine. A slow or throwing listener does not affect tasks. If a
 * listener falls far behind, calls are dropped, and a warning reports their number.
 */
public interface CdcListener {
  /**
   * Reports a task's change of state.
   *
   * @param cause the error that the task failed with or retries, else null
   */
  default void stateChanged(String task, TaskState from, TaskState to, @Nullable Throwable cause) {}

  /** Reports rows that are on the target, as is everything else up to this watermark. */
  default void rowsApplied(String task, long inserted, long deleted, HybridTime watermark) {}

  /**
   * Reports a change of the catalog that is on the target. If the name of a new database,
   * collection or partition is free, its creation may be reported before older rows.
   */
  default void schemaApplied(String task, SchemaEvent event) {}

  /**
   * Reports that a collection's indexes and load match the source, now or since before. Building
   * and loading may still be in progress.
   */
  default void indexesSynced(String task, String database, String collection, Serving serving) {}

  /**
   * Reports a message that could not be handled and was stored as a dead letter. The task continues
   * without it.
   */
  default void deadLettered(String task, DeadLetter letter) {}

  /**
   * Reports that a user, a role or a privilege group matches the source, now or since before. It
   * may be gone on both sides.
   */
  default void accessApplied(String task, AccessName name) {}

  /**
   * Reports something that the target could not reproduce. The task's status lists it for as long
   * as that lasts.
   *
   * @param why a description for people
   */
  default void limitationReported(String task, String why) {}

  /** Reports that the copy of existing rows has entered a phase. */
  @Incubating
  default void existingRowsReached(String task, ExistingStatus status) {}

  /** Reports the watermark from which the task would resume after a crash. */
  default void checkpointed(String task, HybridTime watermark) {}
}
