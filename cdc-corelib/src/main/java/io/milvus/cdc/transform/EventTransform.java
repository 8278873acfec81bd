package io.milvus.cdc.transform;

import io.milvus.cdc.event.SchemaEvent;
import io.milvus.cdc.rows.DeletedKeys;
import io.milvus.cdc.rows.InsertedRows;

/**
 * Sees what a task replicates just before it is applied, and may leave rows out or change them.
 * Called in order, by one thread at a time for each task that has it.
 *
 * <p>The same rows must always get the same answer, whenever and by whichever process they are
 * asked for: after a crash the last rows are replayed, and what they were is told by calling this
 * again. A transform is not kept in the checkpoint. Give the same one whenever the task is
 * submitted; to change it, pause the task before. Rows that are on the target already stay as they
 * are.
 *
 * <p>A method that throws makes its message one that cannot be handled: see {@link
 * io.milvus.cdc.TaskSpec#onUnhandled}. {@link #change} is the exception: it stops the task.
 */
public interface EventTransform {
  /**
   * Rows of one insert, or the new half of an upsert.
   *
   * @return these rows, some of them, or other values in them; of other rows nothing can be made
   */
  default InsertedRows insert(InsertedRows rows) {
    return rows;
  }

  /**
   * Keys that are deleted, alone or as the old half of an upsert. The target passes over keys that
   * it does not have, so deletes of rows that were left out may stay. A delete of a row that is on
   * the target and is left out lets the row live there; so does one of an upsert, beside the new
   * row.
   *
   * @return these keys, or some of them
   */
  default DeletedKeys delete(DeletedKeys keys) {
    return keys;
  }

  /**
   * A change of the catalog is about to be applied. It cannot be left out or changed, because what
   * follows depends on it; use a selection and a mapping of names for that. Throw to stop the task
   * before it, for example where a drop should have a person's consent: the task fails with that
   * message, and tries the change again when it is resumed.
   */
  default void change(SchemaEvent event) {}

  /** Leaves everything as it is; costs nothing. */
  static EventTransform none() {
    return Nothing.INSTANCE;
  }
}
