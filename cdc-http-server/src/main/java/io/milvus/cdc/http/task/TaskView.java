package io.milvus.cdc.http.task;

import io.milvus.cdc.TaskState;
import io.milvus.cdc.TaskStatus;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A task as it was when somebody looked.
 *
 * @param state {@link TaskState#FAILED} also where the engine would not have it
 * @param status null where the engine would not have it
 * @param reason why it is not replicating; empty where it is
 * @param databases the source's, empty if they are not known
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

  /** What the task does not do although one may expect it, in words for people. */
  public List<String> notes() {
    boolean fromGo = !record.origin().isEmpty();
    return fromGo && record.spec().selection().included().equals(Set.of("default.*"))
        ? List.of(DefaultOnly.note(databases))
        : List.of();
  }
}
