package io.milvus.cdc.internal.engine;

import io.milvus.cdc.CdcEngine;
import io.milvus.cdc.CdcTask;
import io.milvus.cdc.TaskSpec;
import io.milvus.cdc.TaskState;
import io.milvus.cdc.error.ConfigException;
import io.milvus.cdc.error.IllegalTaskStateException;
import io.milvus.cdc.internal.checkpoint.CheckpointClaim;
import io.milvus.cdc.preflight.Finding;
import io.milvus.cdc.targets.ChangeTarget;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;

/** Runs the tasks of one engine. */
public final class Engine implements CdcEngine {
  private volatile EngineSettings settings;
  private final Listeners listeners;
  private final ChannelGroups groups = new ChannelGroups();
  private final Map<String, RunningTask> tasks = new ConcurrentHashMap<>();
  private final RetentionWatch retention;
  private boolean closed;

  public Engine(EngineSettings settings) {
    this.settings = settings;
    this.listeners = new Listeners(settings.listeners(), settings.threads());
    this.retention = new RetentionWatch(settings, tasks::values);
    retention.start();
  }

  @Override
  public CdcTask submit(TaskSpec spec) {
    return submit(spec, RunningTask::begin);
  }

  @Override
  public CdcTask submitPaused(TaskSpec spec) {
    return submit(spec, RunningTask::pause);
  }

  private synchronized CdcTask submit(TaskSpec spec, Consumer<RunningTask> begin) {
    if (closed) {
      throw new IllegalTaskStateException(
          "The engine is closed.", "Build another one to run tasks.");
    }
    RunningTask known = tasks.get(spec.id());
    if (known != null && known.state() != TaskState.DELETED) {
      throw new ConfigException(
          "Task '%s' exists in this engine.".formatted(spec.id()),
          "Use another id for the new task, or resume or delete the existing task.");
    }
    refuse(spec);
    CheckpointClaim claim = settings.checkpoints().claim(spec.id());
    try {
      // Reads the checkpoint, so a damaged checkpoint is rejected here, before anything runs.
      RunningTask task =
          new RunningTask(settings, spec, claim, listeners, groups, () -> others(spec));
      tasks.put(spec.id(), task);
      begin.accept(task);
      return task;
    } catch (RuntimeException e) {
      claim.close();
      throw e;
    }
  }

  /** Returns the ids of the other live tasks that replicate to the same target. */
  private List<String> others(TaskSpec spec) {
    return tasks.values().stream()
        .filter(RunningTask::live)
        .map(RunningTask::spec)
        .filter(other -> other.target().equals(spec.target()) && !other.id().equals(spec.id()))
        .map(TaskSpec::id)
        .sorted()
        .toList();
  }

  @Override
  public synchronized void target(String name, ChangeTarget target) {
    Map<String, ChangeTarget> known = settings.targets();
    for (RunningTask task : tasks.values()) {
      if (task.state() != TaskState.DELETED
          && task.spec().target().equals(name)
          && known.get(name) != target) {
        throw new ConfigException(
            "Task '%s' uses another target '%s', %s.".formatted(task.id(), name, known.get(name)),
            "Delete that task first, or use another name for this target.");
      }
    }
    known.forEach(
        (other, there) -> {
          if (!other.equals(name) && there.equals(target)) {
            throw new ConfigException(
                "%s already exists as target '%s'.".formatted(target, other), "Use that name.");
          }
        });
    settings = settings.with(name, target);
  }

  private void refuse(TaskSpec spec) {
    Preflight.unknownTarget(settings, spec)
        .or(() -> Preflight.ownTopic(settings, spec))
        .or(() -> Preflight.unreadableRows(settings, spec))
        .or(() -> meeting(spec))
        .ifPresent(
            finding -> {
              throw new ConfigException(finding.what(), finding.cure());
            });
  }

  /**
   * Finds a task that conflicts with this one. Two tasks that send the same rows to one target
   * would double them. If two tasks replicate access, each would revoke the grants of the other.
   */
  private Optional<Finding> meeting(TaskSpec spec) {
    List<RunningTask> others =
        tasks.values().stream()
            .filter(other -> other.state() != TaskState.DELETED && !other.id().equals(spec.id()))
            .toList();
    return others.stream()
        .filter(other -> other.spec().overlaps(spec))
        .findFirst()
        .map(other -> overlap(other, spec))
        .or(
            () ->
                others.stream()
                    .filter(other -> other.spec().sharesAccess(spec))
                    .findFirst()
                    .map(other -> accessTwice(other, spec)));
  }

  private static Finding overlap(RunningTask other, TaskSpec spec) {
    TaskSpec theirs = other.spec();
    return Finding.blocking(
        ("Tasks '%s' and '%s' would both replicate some of the same data to target '%s':"
                + " %s and %s.")
            .formatted(theirs.id(), spec.id(), spec.target(), theirs.selection(), spec.selection()),
        "Use disjoint selections, map names apart, or delete '%s', which is %s."
            .formatted(theirs.id(), other.state()));
  }

  private static Finding accessTwice(RunningTask other, TaskSpec spec) {
    return Finding.blocking(
        "Tasks '%s' and '%s' would both replicate users and roles to target '%s'."
            .formatted(other.id(), spec.id(), spec.target()),
        "Leave access out of one of these tasks, or delete '%s', which is %s."
            .formatted(other.id(), other.state()));
  }

  @Override
  public List<Finding> check(TaskSpec spec) throws InterruptedException {
    return new Preflight(settings).check(spec, () -> meeting(spec), tasks.keySet());
  }

  @Override
  public void removeLeftovers(String task) {
    if (tasks.containsKey(task) || settings.checkpoints().tasks().contains(task)) {
      throw new ConfigException(
          "Task '%s' exists, so the source must retain the messages that it needs.".formatted(task),
          "Delete the task instead.");
    }
    settings.source().forget(TaskSpec.of(task).id());
  }

  @Override
  public Optional<CdcTask> task(String id) {
    return Optional.ofNullable(tasks.get(id));
  }

  @Override
  public List<CdcTask> tasks() {
    return List.copyOf(tasks.values());
  }

  @Override
  public void close() {
    Collection<RunningTask> running;
    synchronized (this) {
      closed = true;
      running = List.copyOf(tasks.values());
    }
    retention.close();
    running.parallelStream().forEach(RunningTask::close);
    listeners.close();
  }
}
