package io.milvus.cdc.http.task;

import io.milvus.cdc.CdcEngine;
import io.milvus.cdc.CdcTask;
import io.milvus.cdc.Promotion;
import io.milvus.cdc.Selection;
import io.milvus.cdc.StartFrom;
import io.milvus.cdc.TaskState;
import io.milvus.cdc.TaskStatus;
import io.milvus.cdc.error.AlreadyOwnedException;
import io.milvus.cdc.error.CdcException;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Represents one task: its record, and its state in the engine. Methods that change it hold its
 * lock.
 */
final class ManagedTask {
  private static final Logger LOG = LoggerFactory.getLogger(ManagedTask.class);

  private final Backstage backstage;
  private final TaskStore store;

  private volatile TaskRecord record;
  private volatile @Nullable CdcTask task;

  /** Holds the reason why the engine does not have the task. */
  private volatile String refusal = "";

  /** Reports whether the reason is another owner of the task, which may have died recently. */
  private volatile boolean waiting;

  ManagedTask(Backstage backstage, TaskStore store, TaskRecord record) {
    this.backstage = backstage;
    this.store = store;
    this.record = record;
  }

  TaskRecord record() {
    return record;
  }

  /** Submits the task to the engine, running or paused as its record demands. */
  synchronized void submit() {
    CdcEngine engine = backstage.engine();
    task =
        record.wish() == Wish.RUN
            ? engine.submit(record.spec())
            : engine.submitPaused(record.spec());
    refusal = "";
  }

  /**
   * Submits the task after a restart. A task that cannot resume must not prevent the rest from
   * resuming.
   */
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
      LOG.error("task={} does not resume: {}", record.id(), refusal);
    }
  }

  /** Returns whether {@link #restore} should be called again soon. */
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
    // The record comes first: a paused task must not run again after a crash.
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

  synchronized void resync(Selection collections, StartFrom.Existing rows) {
    refuseWhereGoing();
    required("resynced").resync(collections, rows);
    save(Wish.RUN, "");
  }

  synchronized Promotion promote(boolean incomplete) throws InterruptedException {
    refuseWhereGoing();
    CdcTask known = required("promoted");
    return incomplete ? known.promoteIncomplete() : known.promote();
  }

  synchronized void demote() throws InterruptedException {
    refuseWhereGoing();
    CdcTask promoted = required("demoted");
    // The record comes first: a demoted task runs again only after a person has checked its target.
    save(Wish.PAUSE, "the task was demoted");
    promoted.demote();
  }

  private CdcTask required(String what) {
    CdcTask known = task;
    if (known == null) {
      throw TaskRefusal.conflict(
          "Task '%s' cannot be %s: the engine did not accept the task. %s"
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

  /** Deletes the task. If it fails halfway, it can be repeated. */
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
