package io.milvus.cdc.http.task;

import io.milvus.cdc.TaskState;
import io.milvus.cdc.TaskStatus;
import org.jspecify.annotations.Nullable;

/**
 * A task as it was when somebody looked.
 *
 * @param state {@link TaskState#FAILED} also where the engine would not have it
 * @param status null where the engine would not have it
 * @param reason why it is not replicating; empty where it is
 */
public record TaskView(
    TaskRecord record, TaskState state, @Nullable TaskStatus status, String reason) {
  public String id() {
    return record.id();
  }
}
