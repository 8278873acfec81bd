package io.milvus.cdc.http.task;

import io.milvus.cdc.TaskSpec;
import java.time.Instant;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Holds the request for one task.
 *
 * @param spec the replicated data; the name of its target is that of a target in the configuration,
 *     or the address
 * @param address the target, if the task brought its own
 * @param wish the desired state
 * @param autoStart whether it resumes automatically after a restart of the server
 * @param reason why it is paused; empty if it is not
 * @param origin the request that created it, without secrets, if its API must show it again;
 *     otherwise empty
 */
public record TaskRecord(
    TaskSpec spec,
    @Nullable TargetSpec address,
    Wish wish,
    boolean autoStart,
    String reason,
    Instant created,
    String origin) {

  /** Returns a task that runs, and that resumes after restarts. */
  public static TaskRecord of(TaskSpec spec, @Nullable TargetSpec address, Instant created) {
    return new TaskRecord(spec, address, Wish.RUN, true, "", created, "");
  }

  public String id() {
    return spec.id();
  }

  public TaskRecord spec(TaskSpec other) {
    return new TaskRecord(other, address, wish, autoStart, reason, created, origin);
  }

  public TaskRecord wish(Wish next, String why) {
    return new TaskRecord(spec, address, next, autoStart, why, created, origin);
  }

  public TaskRecord autoStart(boolean automatic) {
    return new TaskRecord(spec, address, wish, automatic, reason, created, origin);
  }

  public TaskRecord origin(String request) {
    return new TaskRecord(spec, address, wish, autoStart, reason, created, request);
  }

  /** Returns whether both records request the same task. */
  boolean asksTheSameAs(TaskRecord other) {
    return spec.equals(other.spec)
        && Objects.equals(address, other.address)
        && autoStart == other.autoStart;
  }
}
