package io.milvus.cdc.http.task;

import io.milvus.cdc.Promotion;
import io.milvus.cdc.Selection;
import io.milvus.cdc.StartFrom;
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

/** Holds all tasks of a server. Thread-safe. */
public final class Tasks {
  private static final Logger LOG = LoggerFactory.getLogger(Tasks.class);

  private final Backstage backstage;
  private final TaskStore store;
  private final Set<String> configured;
  private final int most;
  private final Map<String, ManagedTask> tasks = new ConcurrentHashMap<>();

  /** Holds the targets that tasks brought with them and that the engine knows. Guarded by this. */
  private final Map<String, TargetSpec> brought = new HashMap<>();

  /**
   * Creates the tasks of a store. {@link #restore} loads them.
   *
   * @param configured the names of targets that the engine already has
   * @param most the highest number of tasks
   */
  public Tasks(Backstage backstage, TaskStore store, Set<String> configured, int most) {
    this.backstage = backstage;
    this.store = store;
    this.configured = Set.copyOf(configured);
    this.most = most;
  }

  /** Resumes the tasks in the store. Call it once. */
  public void restore() {
    for (TaskRecord record : store.load()) {
      ManagedTask task = new ManagedTask(backstage, store, record);
      task.restore(() -> connect(record));
      tasks.put(record.id(), task);
    }
  }

  /**
   * Retries tasks whose last owner may have died too recently to be replaced. Call it from time to
   * time.
   */
  public void retry() {
    tasks.values().stream()
        .filter(ManagedTask::waiting)
        .forEach(task -> task.restore(() -> connect(task.record())));
  }

  /**
   * Completes deletions that the last server had begun. Contacts the source.
   *
   * @return false if a deletion is incomplete; call it again in that case
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
   * Creates a task and starts it. If an equal task exists, does nothing.
   *
   * @return whether the task was created
   * @throws UnfitTaskException if the task would not replicate
   * @throws ConfigException if the task contradicts itself or another task
   * @throws TaskRefusal if another task has its id or overlaps it, or if there are too many tasks
   */
  public boolean create(TaskRecord record) throws InterruptedException {
    if (known(record)) {
      return false;
    }
    refuseTooMany();
    refuseOverlap(record);
    // The check contacts the network, so it runs without the lock.
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
   * Returns the problems that would prevent or disturb a task's replication. Changes nothing. Takes
   * up to a minute if a system is unreachable.
   *
   * @throws ConfigException if its target cannot be checked at all
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
          "Another task '%s' already exists.".formatted(record.id()),
          "Use another id for this task, or delete that task first.");
    }
    return true;
  }

  private void refuseTooMany() {
    if (tasks.size() >= most) {
      throw TaskRefusal.limit(most);
    }
  }

  /**
   * Rejects a task that overlaps another one. The engine does so too, but it does not know the
   * tasks that it has rejected.
   */
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

  /** Registers the task's target with the engine. */
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
          "Use a target of the configuration, or set an address in the task.");
    }
  }

  private void refuseOtherCredentials(String target) {
    for (ManagedTask task : tasks.values()) {
      TaskRecord other = task.record();
      if (other.spec().target().equals(target)) {
        throw new ConfigException(
            "Task '%s' reaches target %s with other credentials or settings."
                .formatted(other.id(), target),
            "Use the same credentials and settings for all tasks of a target, or delete"
                + " that task first.");
      }
    }
  }

  /** Returns all tasks in the order of their ids. */
  public List<TaskView> list() {
    List<ManagedTask> all = new ArrayList<>(tasks.values());
    all.sort(Comparator.comparing(task -> task.record().id()));
    return all.stream().map(ManagedTask::view).toList();
  }

  public Optional<TaskView> find(String id) {
    return Optional.ofNullable(tasks.get(id)).map(ManagedTask::view);
  }

  /**
   * Returns the current state of a task.
   *
   * @throws TaskRefusal if it does not exist
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

  /** Pauses a task, across restarts of the server. Idempotent. */
  public void pause(String id, String reason) {
    required(id).pause(reason);
  }

  /** Resumes a task. Idempotent. */
  public void resume(String id) {
    required(id).resume();
  }

  /** Copies collections of a task again. See {@link io.milvus.cdc.CdcTask#resync}. */
  public void resync(String id, Selection collections, StartFrom.Existing rows) {
    required(id).resync(collections, rows);
  }

  /**
   * Promotes the target of a task. See {@link io.milvus.cdc.CdcTask#promote}.
   *
   * @param incomplete whether the target is promoted even if existing rows are not copied yet
   */
  public Promotion promote(String id, boolean incomplete) throws InterruptedException {
    return required(id).promote(incomplete);
  }

  /** Demotes the target of a task, which stays paused. See {@link io.milvus.cdc.CdcTask#demote}. */
  public void demote(String id) throws InterruptedException {
    required(id).demote();
  }

  /** Deletes a task with everything that it left on the source. If it fails, it can be repeated. */
  public void delete(String id) {
    required(id).delete();
    tasks.remove(id);
  }

  /**
   * Removes the leftovers on the source of a task that does not exist here.
   *
   * @throws io.milvus.cdc.error.ConfigException if the task exists, or if the id is invalid
   */
  public void removeLeftovers(String id) {
    backstage.engine().removeLeftovers(TaskSpec.of(id).id());
  }
}
