package io.milvus.cdc.http.task;

import io.milvus.cdc.CdcEngine;
import io.milvus.cdc.CdcTask;
import io.milvus.cdc.Promotion;
import io.milvus.cdc.TaskState;
import io.milvus.cdc.TaskStatus;
import io.milvus.cdc.error.AlreadyOwnedException;
import io.milvus.cdc.error.CdcException;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One task: its record, and what the engine makes of it. What changes it holds its lock. */
final class ManagedTask {
  private static final Logger LOG = LoggerFactory.getLogger(ManagedTask.class);

  private final Backstage backstage;
  private final TaskStore store;

  private volatile TaskRecord record;
  private volatile @Nullable CdcTask task;

  /** Why the engine does not have the task. */
  private volatile String refusal = "";

  /** Whether that is because somebody else has it, who may have died just now. */
  private volatile boolean waiting;

  ManagedTask(Backstage backstage, TaskStore store, TaskRecord record) {
    this.backstage = backstage;
    this.store = store;
    this.record = record;
  }

  TaskRecord record() {
    return record;
  }

  /** Gives the task to the engine, as its record wishes. */
  synchronized void submit() {
    CdcEngine engine = backstage.engine();
    task =
        record.wish() == Wish.RUN
            ? engine.submit(record.spec())
            : engine.submitPaused(record.spec());
    refusal = "";
  }

  /** After a restart; a task that cannot go on must not keep others from it. */
  synchronized void restore(Runnable connect) {
    try {
      connect.run();
      if (record.wish() == Wish.RUN && !record.autoStart()) {
        save(Wish.PAUSE, "the task is disabled auto start");
      }
      submit();
      waiting = false;
    } catch (AlreadyOwnedException e) {
      refusal = String.valueOf(e.getMessage());
      if (!waiting) {
        LOG.info("task={} waits: {}", record.id(), refusal);
      }
      waiting = true;
    } catch (CdcException e) {
      refusal = String.valueOf(e.getMessage());
      waiting = false;
      LOG.error("task={} does not go on: {}", record.id(), refusal);
    }
  }

  /** Whether {@link #restore} is to be called again soon. */
  boolean waiting() {
    return waiting && task == null && record.wish() != Wish.DELETE;
  }

  private void save(Wish wish, String reason) {
    TaskRecord next = record.wish(wish, reason);
    store.save(next);
    record = next;
  }

  synchronized void pause(String reason) {
    refuseWhereGoing();
    // First the record: what was paused must not run again after a crash.
    save(Wish.PAUSE, reason);
    CdcTask running = task;
    if (running != null) {
      running.pause();
    }
  }

  synchronized void resume() {
    refuseWhereGoing();
    CdcTask paused = task;
    if (paused == null) {
      TaskRecord before = record;
      record = record.wish(Wish.RUN, "");
      try {
        submit();
      } catch (CdcException e) {
        record = before;
        refusal = String.valueOf(e.getMessage());
        throw e;
      }
    } else {
      paused.resume();
    }
    save(Wish.RUN, "");
  }

  synchronized Promotion promote() throws InterruptedException {
    refuseWhereGoing();
    return required("promoted").promote();
  }

  synchronized void demote() throws InterruptedException {
    refuseWhereGoing();
    CdcTask promoted = required("demoted");
    // First the record: a demoted task runs again only once somebody has looked at its target.
    save(Wish.PAUSE, "the task was demoted");
    promoted.demote();
  }

  private CdcTask required(String what) {
    CdcTask known = task;
    if (known == null) {
      throw TaskRefusal.conflict(
          "Task '%s' cannot be %s: the engine would not have it. %s"
              .formatted(record.id(), what, refusal),
          "");
    }
    return known;
  }

  private void refuseWhereGoing() {
    if (record.wish() == Wish.DELETE) {
      throw TaskRefusal.conflict(
          "Task '%s' is being deleted.".formatted(record.id()), "Delete it again to finish that.");
    }
  }

  /** May be repeated where it failed on the way. */
  synchronized void delete() {
    save(Wish.DELETE, "being deleted");
    CdcTask known = task;
    if (known == null) {
      backstage.forget(record.id());
    } else {
      known.delete();
    }
    store.delete(record.id());
  }

  TaskView view() {
    TaskRecord seen = record;
    CdcTask known = task;
    if (known == null) {
      return new TaskView(
          seen,
          waiting ? TaskState.STARTING : TaskState.FAILED,
          null,
          refusal,
          backstage.databases());
    }
    TaskStatus status = known.status();
    return new TaskView(seen, status.state(), status, reason(seen, status), backstage.databases());
  }

  private static String reason(TaskRecord record, TaskStatus status) {
    return switch (status.state()) {
      case FAILED, PROMOTING -> Objects.requireNonNullElse(status.reason(), "");
      case RETRYING -> status.retry() == null ? "" : status.retry().cause();
      case PROMOTED -> "the target was promoted";
      case PAUSED -> record.reason();
      case STARTING, RUNNING, CLOSED, DELETED -> "";
    };
  }
}
