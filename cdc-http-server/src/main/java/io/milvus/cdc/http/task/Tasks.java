package io.milvus.cdc.http.task;

import io.milvus.cdc.Promotion;
import io.milvus.cdc.error.CdcException;
import io.milvus.cdc.error.ConfigException;
import io.milvus.cdc.target.ChangeTarget;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** All tasks of a server. Thread-safe. */
public final class Tasks {
  private static final Logger LOG = LoggerFactory.getLogger(Tasks.class);

  private final Backstage backstage;
  private final TaskStore store;
  private final Map<String, ChangeTarget> configured;
  private final int most;
  private final Map<String, ManagedTask> tasks = new ConcurrentHashMap<>();

  /** Targets that tasks brought with them, so that equal ones are one. Guarded by this. */
  private final Map<String, Connected> brought = new HashMap<>();

  private record Connected(TargetAddress address, ChangeTarget target) {}

  /**
   * The tasks that a store has, as they were when the last server ended.
   *
   * @param configured targets that tasks may name, which the engine has already
   * @param most how many tasks there may be
   */
  public Tasks(
      Backstage backstage, TaskStore store, Map<String, ChangeTarget> configured, int most) {
    this.backstage = backstage;
    this.store = store;
    this.configured = Map.copyOf(configured);
    this.most = most;
  }

  /** Goes on with what the store has. To be called once. */
  public void restore() {
    for (TaskRecord record : store.load()) {
      ManagedTask task = new ManagedTask(backstage, store, record);
      task.restore(() -> reconnect(record));
      tasks.put(record.id(), task);
    }
  }

  /** Goes on with deleting what was being deleted when the last server ended. Asks the source. */
  public void finishDeleting() {
    tasks.values().stream()
        .filter(task -> task.record().wish() == Wish.DELETE)
        .forEach(this::finishDeleting);
  }

  private synchronized void reconnect(TaskRecord record) {
    if (record.address() != null) {
      connect(record, backstage.target(record.address()));
    }
  }

  private void finishDeleting(ManagedTask task) {
    try {
      task.delete();
      tasks.remove(task.record().id());
    } catch (CdcException e) {
      LOG.warn("task={} is still being deleted: {}", task.record().id(), e.getMessage());
    }
  }

  /**
   * Makes a task and starts it; where there is an equal one already, does nothing.
   *
   * @return whether it was made
   * @throws ConfigException where it, or its target, cannot work
   * @throws TaskRefusal where another one has its id, or there are too many
   */
  public boolean create(TaskRecord record) {
    if (known(record)) {
      return false;
    }
    refuseTooMany();
    // Asks the network, so nobody must wait for it; the engine's preflight belongs here, too.
    ChangeTarget target = targetOf(record);
    check(target);
    synchronized (this) {
      if (known(record)) {
        return false;
      }
      refuseTooMany();
      refuseOverlap(record);
      if (record.address() != null) {
        connect(record, target);
      }
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

  private static void check(ChangeTarget target) {
    try {
      target.check();
    } catch (CdcException e) {
      throw new UnfitTargetException(e);
    }
  }

  private boolean known(TaskRecord record) {
    ManagedTask known = tasks.get(record.id());
    if (known == null) {
      return false;
    }
    if (known.record().wish() == Wish.DELETE || !known.record().asksTheSameAs(record)) {
      throw TaskRefusal.conflict(
          "There is another task '%s'. Give this one another id, or delete that one first."
              .formatted(record.id()));
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
    }
  }

  private ChangeTarget targetOf(TaskRecord record) {
    TargetAddress address = record.address();
    if (address != null) {
      synchronized (this) {
        Connected known = brought.get(record.spec().target());
        return known != null && known.address().equals(address)
            ? known.target()
            : backstage.target(address);
      }
    }
    ChangeTarget named = configured.get(record.spec().target());
    if (named == null) {
      throw new ConfigException(
          "Target '%s' is not in this server's configuration, which has %s. Name one of these, or give the task an address."
              .formatted(record.spec().target(), configured.keySet().stream().sorted().toList()));
    }
    return named;
  }

  /** Makes the engine know the target that the task brings. */
  private void connect(TaskRecord record, ChangeTarget target) {
    TargetAddress address = Objects.requireNonNull(record.address());
    String name = record.spec().target();
    Connected known = brought.get(name);
    if (known != null && known.address().equals(address)) {
      return;
    }
    refuseOtherCredentials(name);
    backstage.engine().target(name, target);
    brought.put(name, new Connected(address, target));
  }

  private void refuseOtherCredentials(String target) {
    for (ManagedTask task : tasks.values()) {
      TaskRecord other = task.record();
      if (other.spec().target().equals(target) && brought.containsKey(target)) {
        throw new ConfigException(
            "Task '%s' reaches target %s with other credentials or settings. Tasks of one target must reach it alike: give the same, or delete that task first."
                .formatted(other.id(), target));
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
}
