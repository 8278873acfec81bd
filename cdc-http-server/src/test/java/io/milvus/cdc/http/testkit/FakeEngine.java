package io.milvus.cdc.http.testkit;

import io.milvus.cdc.CdcEngine;
import io.milvus.cdc.CdcListener;
import io.milvus.cdc.CdcTask;
import io.milvus.cdc.TaskSpec;
import io.milvus.cdc.TaskState;
import io.milvus.cdc.error.ConfigException;
import io.milvus.cdc.preflight.Finding;
import io.milvus.cdc.targets.ChangeTarget;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jspecify.annotations.Nullable;

/** An engine whose tasks do as they are told, and nothing else. */
public final class FakeEngine implements CdcEngine {
  private final Map<String, FakeTask> tasks = new ConcurrentHashMap<>();
  private final Map<String, ChangeTarget> targets = new ConcurrentHashMap<>();
  private final List<String> removed = new CopyOnWriteArrayList<>();
  private volatile @Nullable RuntimeException refusal;
  private volatile CdcListener listener = new CdcListener() {};

  /** Who is told of what the tasks do, at once and on the caller's thread. */
  public void listener(CdcListener who) {
    listener = who;
  }

  public CdcListener listener() {
    return listener;
  }

  /** Lets it refuse every task from now on; null to let it take them again. */
  public void refuse(@Nullable RuntimeException why) {
    refusal = why;
  }

  public FakeTask fake(String id) {
    FakeTask task = tasks.get(id);
    if (task == null) {
      throw new AssertionError("The engine has no task " + id + ", but " + tasks.keySet());
    }
    return task;
  }

  @Override
  public CdcTask submit(TaskSpec spec) {
    return submit(spec, TaskState.RUNNING);
  }

  @Override
  public CdcTask submitPaused(TaskSpec spec) {
    return submit(spec, TaskState.PAUSED);
  }

  private CdcTask submit(TaskSpec spec, TaskState state) {
    RuntimeException why = refusal;
    if (why != null) {
      throw why;
    }
    if (!targets.containsKey(spec.target())) {
      throw new ConfigException("No target " + spec.target(), "");
    }
    FakeTask task = new FakeTask(spec, state, this::listener);
    tasks.put(spec.id(), task);
    return task;
  }

  @Override
  public List<Finding> check(TaskSpec spec) throws InterruptedException {
    ChangeTarget target = targets.get(spec.target());
    return target == null ? List.of() : target.check().findings();
  }

  @Override
  public void target(String name, ChangeTarget target) {
    targets.put(name, target);
  }

  public Map<String, ChangeTarget> targets() {
    return targets;
  }

  @Override
  public void removeLeftovers(String task) {
    removed.add(task);
  }

  /** The tasks whose leftovers were removed. */
  public List<String> removed() {
    return removed;
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
  public void close() {}
}
