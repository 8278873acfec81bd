package io.milvus.cdc.http.task;

import io.milvus.cdc.error.CdcException;

/** Reports that the server rejects a request in its present state. */
public final class TaskRefusal extends CdcException {
  private static final long serialVersionUID = 1L;

  /** Names the reason of the rejection. */
  public enum Why {
    /** The task does not exist. */
    NOT_FOUND,
    /** The task is in a state, or of a kind, that contradicts the request. */
    CONFLICT,
    /** Another task replicates some of the same data to the same target. */
    OVERLAP,
    /** Another task replicates users and roles to the same target. */
    ACCESS,
    /** The highest number of tasks is reached. */
    LIMIT
  }

  private final Why why;

  private TaskRefusal(Why why, String what, String cure) {
    super(what, cure);
    this.why = why;
  }

  static TaskRefusal notFound(String id) {
    return new TaskRefusal(
        Why.NOT_FOUND,
        "There is no task '%s'.".formatted(printable(id)),
        "List the tasks to see their ids.");
  }

  private static String printable(String id) {
    return id.replaceAll("[^\\x20-\\x7e]", "?");
  }

  static TaskRefusal conflict(String what, String cure) {
    return new TaskRefusal(Why.CONFLICT, what, cure);
  }

  static TaskRefusal overlap(TaskRecord other, TaskRecord fresh) {
    return new TaskRefusal(
        Why.OVERLAP,
        ("Task '%s' already replicates some of the same data to target %s: %s. Task"
                + " '%s' would replicate %s.")
            .formatted(
                other.id(),
                fresh.spec().target(),
                other.spec().selection(),
                fresh.id(),
                fresh.spec().selection()),
        "Use disjoint selections, map names apart, or delete '%s'.".formatted(other.id()));
  }

  static TaskRefusal access(TaskRecord other, TaskRecord fresh) {
    return new TaskRefusal(
        Why.ACCESS,
        "Task '%s' already replicates users and roles to target %s. Only one task may do so."
            .formatted(other.id(), fresh.spec().target()),
        "Leave access out of '%s', or delete '%s'.".formatted(fresh.id(), other.id()));
  }

  static TaskRefusal limit(int most) {
    return new TaskRefusal(
        Why.LIMIT,
        "This server has %d tasks, the most that it may have.".formatted(most),
        "Delete a task, or raise the limit in the server's configuration.");
  }

  public Why why() {
    return why;
  }
}
