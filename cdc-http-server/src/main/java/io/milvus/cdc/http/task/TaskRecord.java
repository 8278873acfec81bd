package io.milvus.cdc.http.task;

import io.milvus.cdc.TaskSpec;
import java.time.Instant;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * What was asked of the server about one task.
 *
 * @param spec what to replicate; its target's name is that of a target in the configuration, or the
 *     address
 * @param address where the task brought its target with it
 * @param wish what it is meant to do
 * @param autoStart whether it goes on by itself after a restart of the server
 * @param reason why it is paused, empty where it is not
 * @param origin the request that made it, where its face must show it again; without secrets, and
 *     empty where it need not
 */
public record TaskRecord(
    TaskSpec spec,
    @Nullable TargetSpec address,
    Wish wish,
    boolean autoStart,
    String reason,
    Instant created,
    String origin) {

  /** A task that runs, and goes on after restarts. */
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

  /** Whether whoever asks for the one asks for the other. */
  boolean asksTheSameAs(TaskRecord other) {
    return spec.equals(other.spec)
        && Objects.equals(address, other.address)
        && autoStart == other.autoStart;
  }
}
