/**
 * Stores messages that a task could not handle.
 *
 * <p>A letter is stored before the checkpoint passes its message, so no message is lost between the
 * two. After a crash the same message may be stored again, with the same channel and position.
 *
 * <p>To use dead letters, correct the cause first. Then read the letters of the task, and upsert
 * the rows that still exist on the source there again, with their present values. The task
 * replicates them like any other rows, in order with all later changes of their keys. Do not send
 * the bytes of the letters again: that would restore rows that the source has deleted meanwhile.
 */
@NullMarked
package io.milvus.cdc.deadletter;

import org.jspecify.annotations.NullMarked;
