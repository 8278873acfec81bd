package io.milvus.cdc.http.task;

import io.milvus.cdc.error.CdcException;

/** The server does not do what was asked, as things stand. */
public final class TaskRefusal extends CdcException {
  private static final long serialVersionUID = 1L;

  /** What stands in the way. */
  public enum Why {
    /** There is no such task. */
    NOT_FOUND,
    /** It is in a state, or it is what it is, that the request contradicts. */
    CONFLICT,
    /** Another one replicates some of the same to the same target. */
    OVERLAP,
    /** There are as many tasks as there may be. */
    LIMIT
  }

  private final Why why;

  private TaskRefusal(Why why, String message) {
    super(message);
    this.why = why;
  }

  static TaskRefusal notFound(String id) {
    return new TaskRefusal(
        Why.NOT_FOUND,
        "There is no task '%s'. List the tasks to see their ids.".formatted(printable(id)));
  }

  private static String printable(String id) {
    return id.replaceAll("[^\\x20-\\x7e]", "?");
  }

  static TaskRefusal conflict(String message) {
    return new TaskRefusal(Why.CONFLICT, message);
  }

  static TaskRefusal overlap(TaskRecord other, TaskRecord fresh) {
    return new TaskRefusal(
        Why.OVERLAP,
        "Task '%s' replicates some of the same to target %s: %s, and '%s' would %s. Make their selections disjoint, map names apart, or delete '%s'."
            .formatted(
                other.id(),
                fresh.spec().target(),
                other.spec().selection(),
                fresh.id(),
                fresh.spec().selection(),
                other.id()));
  }

  static TaskRefusal limit(int most) {
    return new TaskRefusal(
        Why.LIMIT,
        "This server has %d tasks, as many as it may have. Delete one, or raise the limit in its configuration."
            .formatted(most));
  }

  public Why why() {
    return why;
  }
}
