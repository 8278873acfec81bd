package io.milvus.cdc.http.task;

import io.milvus.cdc.Promotion;
import io.milvus.cdc.TaskSpec;
import io.milvus.cdc.error.CdcException;
import io.milvus.cdc.error.ConfigException;
import io.milvus.cdc.preflight.Finding;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** All tasks of a server. Thread-safe. */
public final class Tasks {
  private static final Logger LOG = LoggerFactory.getLogger(Tasks.class);

  private final Backstage backstage;
  private final TaskStore store;
  private final Set<String> configured;
  private final int most;
  private final Map<String, ManagedTask> tasks = new ConcurrentHashMap<>();

  /** Targets that tasks brought with them, and that the engine knows. Guarded by this. */
  private final Map<String, TargetSpec> brought = new HashMap<>();

  /**
   * The tasks that a store has, as they were when the last server ended.
   *
   * @param configured names of targets that the engine has already
   * @param most how many tasks there may be
   */
  public Tasks(Backstage backstage, TaskStore store, Set<String> configured, int most) {
    this.backstage = backstage;
    this.store = store;
    this.configured = Set.copyOf(configured);
    this.most = most;
  }

  /** Goes on with what the store has. To be called once. */
  public void restore() {
    for (TaskRecord record : store.load()) {
      ManagedTask task = new ManagedTask(backstage, store, record);
      task.restore(() -> connect(record));
      tasks.put(record.id(), task);
    }
  }

  /**
   * Tries again to go on with tasks whose last owner may be dead, but not for long enough. To be
   * called now and then.
   */
  public void retry() {
    tasks.values().stream()
        .filter(ManagedTask::waiting)
        .forEach(task -> task.restore(() -> connect(task.record())));
  }

  /**
   * Goes on with deleting what was being deleted when the last server ended. Asks the source.
   *
   * @return false where something is still being deleted, and this is to be called again
   */
  public boolean finishDeleting() {
    return tasks.values().stream()
        .filter(task -> task.record().wish() == Wish.DELETE)
        .map(this::finishDeleting)
        .reduce(true, Boolean::logicalAnd);
  }

  private boolean finishDeleting(ManagedTask task) {
    try {
      task.delete();
      tasks.remove(task.record().id());
      return true;
    } catch (CdcException e) {
      LOG.warn("task={} is still being deleted: {}", task.record().id(), e.getMessage());
      return false;
    }
  }

  /**
   * Makes a task and starts it; where there is an equal one already, does nothing.
   *
   * @return whether it was made
   * @throws UnfitTaskException where it would not replicate
   * @throws ConfigException where it contradicts itself or others
   * @throws TaskRefusal where another one has its id, or there are too many
   */
  public boolean create(TaskRecord record) throws InterruptedException {
    if (known(record)) {
      return false;
    }
    refuseTooMany();
    refuseOverlap(record);
    // Asks the network, so nobody must wait for it.
    List<Finding> findings = check(record);
    if (findings.stream().anyMatch(Finding::isBlocking)) {
      throw new UnfitTaskException(findings);
    }
    synchronized (this) {
      if (known(record)) {
        return false;
      }
      refuseTooMany();
      refuseOverlap(record);
      connect(record);
      ManagedTask task = new ManagedTask(backstage, store, record);
      store.save(record);
      try {
        task.submit();
      } catch (RuntimeException e) {
        store.delete(record.id());
        throw e;
      }
      tasks.put(record.id(), task);
      return true;
    }
  }

  /**
   * Tells what would keep a task from replicating, or disturb it. Changes nothing, and takes up to
   * a minute where somebody is away.
   *
   * @throws ConfigException where its target cannot even be looked at
   */
  public List<Finding> check(TaskRecord record) throws InterruptedException {
    connect(record);
    return backstage.engine().check(record.spec());
  }

  private boolean known(TaskRecord record) {
    ManagedTask known = tasks.get(record.id());
    if (known == null) {
      return false;
    }
    if (known.record().wish() == Wish.DELETE || !known.record().asksTheSameAs(record)) {
      throw TaskRefusal.conflict(
          "There is another task '%s'.".formatted(record.id()),
          "Give this one another id, or delete that one first.");
    }
    return true;
  }

  private void refuseTooMany() {
    if (tasks.size() >= most) {
      throw TaskRefusal.limit(most);
    }
  }

  /** The engine would, too, but it does not know the tasks that it would not have. */
  private void refuseOverlap(TaskRecord fresh) {
    for (ManagedTask task : tasks.values()) {
      if (task.record().spec().overlaps(fresh.spec())) {
        throw TaskRefusal.overlap(task.record(), fresh);
      }
      if (task.record().spec().sharesAccess(fresh.spec())) {
        throw TaskRefusal.access(task.record(), fresh);
      }
    }
  }

  /** Makes the engine know the task's target. */
  private synchronized void connect(TaskRecord record) {
    String name = record.spec().target();
    TargetSpec address = record.address();
    if (address == null) {
      refuseUnknown(name);
      return;
    }
    if (address.equals(brought.get(name))) {
      return;
    }
    refuseOtherCredentials(name);
    backstage.engine().target(name, backstage.target(address));
    brought.put(name, address);
  }

  private void refuseUnknown(String target) {
    if (!configured.contains(target)) {
      throw new ConfigException(
          "Target '%s' is not in this server's configuration, which has %s."
              .formatted(target, new TreeSet<>(configured)),
          "Name one of these, or give the task an address.");
    }
  }

  private void refuseOtherCredentials(String target) {
    for (ManagedTask task : tasks.values()) {
      TaskRecord other = task.record();
      if (other.spec().target().equals(target)) {
        throw new ConfigException(
            "Task '%s' reaches target %s with other credentials or settings."
                .formatted(other.id(), target),
            "Tasks of one target must reach it alike: give the same, or delete that task "
                + "first.");
      }
    }
  }

  /** All tasks, by id. */
  public List<TaskView> list() {
    List<ManagedTask> all = new ArrayList<>(tasks.values());
    all.sort(Comparator.comparing(task -> task.record().id()));
    return all.stream().map(ManagedTask::view).toList();
  }

  public Optional<TaskView> find(String id) {
    return Optional.ofNullable(tasks.get(id)).map(ManagedTask::view);
  }

  /**
   * A task as it is now.
   *
   * @throws TaskRefusal where there is none
   */
  public TaskView view(String id) {
    return required(id).view();
  }

  private ManagedTask required(String id) {
    ManagedTask task = tasks.get(id);
    if (task == null) {
      throw TaskRefusal.notFound(id);
    }
    return task;
  }

  /** Pauses a task, also through restarts of the server. Idempotent. */
  public void pause(String id, String reason) {
    required(id).pause(reason);
  }

  /** Resumes a task. Idempotent. */
  public void resume(String id) {
    required(id).resume();
  }

  /** See {@link io.milvus.cdc.CdcTask#promote}. */
  public Promotion promote(String id) throws InterruptedException {
    return required(id).promote();
  }

  /** See {@link io.milvus.cdc.CdcTask#demote}; the task stays paused. */
  public void demote(String id) throws InterruptedException {
    required(id).demote();
  }

  /** Deletes a task with all that it left on the source. May be repeated where it failed. */
  public void delete(String id) {
    required(id).delete();
    tasks.remove(id);
  }

  /**
   * Removes what the source keeps for a task that does not exist here.
   *
   * @throws io.milvus.cdc.error.ConfigException if it does, or no task can have this id
   */
  public void removeLeftovers(String id) {
    backstage.engine().removeLeftovers(TaskSpec.of(id).id());
  }
}
