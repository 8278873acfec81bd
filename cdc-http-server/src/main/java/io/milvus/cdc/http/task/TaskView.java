package io.milvus.cdc.http.task;

import io.milvus.cdc.TaskState;
import io.milvus.cdc.TaskStatus;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Describes a task at one moment.
 *
 * @param state also {@link TaskState#FAILED} if the engine rejected the task
 * @param status null if the engine does not have the task
 * @param reason why it is not replicating; empty if it is
 * @param databases the source's; empty if they are not known
 */
public record TaskView(
    TaskRecord record,
    TaskState state,
    @Nullable TaskStatus status,
    String reason,
    Set<String> databases) {
  public String id() {
    return record.id();
  }

  /** Returns notes for people about data that the task unexpectedly does not replicate. */
  public List<String> notes() {
    boolean fromGo = !record.origin().isEmpty();
    return fromGo && record.spec().selection().included().equals(Set.of("default.*"))
        ? List.of(DefaultOnly.note(databases))
        : List.of();
  }
}
