package io.milvus.cdc.transform;

import io.milvus.cdc.event.SchemaEvent;
import io.milvus.cdc.rows.DeletedKeys;
import io.milvus.cdc.rows.InsertedRows;

/**
 * Sees rows and changes just before they are applied, and may drop or change rows. Called in order,
 * by one thread at a time for each task. It delays the task for as long as it blocks.
 *
 * <p>A transform must be deterministic: the same rows must always have the same result, at any time
 * and in any process. After a crash the last rows are replayed, and the transform is called again
 * to compute their result. A transform is not stored in the checkpoint. Set the same one whenever
 * the task is submitted. Pause the task before you change it. Rows that are on the target already
 * stay as they are.
 *
 * <p>If a method throws, its message cannot be handled: see {@link
 * io.milvus.cdc.TaskSpec#onUnhandled}. {@link #change} is the exception: it stops the task.
 */
public interface EventTransform {
  /**
   * Transforms rows of one insert, or the new half of an upsert.
   *
   * @return these rows, some of them, or new values in them; never rows of another event
   */
  default InsertedRows insert(InsertedRows rows) {
    return rows;
  }

  /**
   * Transforms keys that are deleted, alone or as the old half of an upsert. The target ignores
   * keys that it does not have, so deletes of dropped rows may stay. If a delete of a row on the
   * target is dropped, the row stays there. If it belonged to an upsert, the row stays beside the
   * new row.
   *
   * @return these keys, or some of them
   */
  default DeletedKeys delete(DeletedKeys keys) {
    return keys;
  }

  /**
   * Sees a change of the catalog that is about to be applied. The change cannot be dropped or
   * modified, because later changes depend on it. Use a selection and a mapping of names for that.
   * Throw to stop the task before the change, for example if a drop requires approval. The task
   * fails with that message, and tries the change again when it is resumed.
   */
  default void change(SchemaEvent event) {}

  /** Returns a transform that leaves everything unchanged, at no cost. */
  static EventTransform none() {
    return Nothing.INSTANCE;
  }
}
