package io.milvus.cdc.internal.engine;

import io.milvus.cdc.TaskState;
import io.milvus.cdc.TaskStatus;
import io.milvus.cdc.error.CdcException;
import io.milvus.cdc.error.PositionExpiredException;
import io.milvus.cdc.error.RefusedException;
import io.milvus.cdc.error.RetriableException;
import io.milvus.cdc.error.SourceException;
import io.milvus.cdc.error.SourceRefusedException;
import io.milvus.cdc.error.TargetException;
import io.milvus.cdc.internal.error.Causes;
import io.milvus.cdc.internal.error.EqualRefusals;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Runs a task's thread and holds the task's state: connects, replicates, and reconnects after a
 * fault. Thread-safe. Callers must start and stop it one at a time.
 */
final class TaskThread {
  private static final Logger LOG = LoggerFactory.getLogger(TaskThread.class);

  /** The time that a task has to finish its round before its thread is interrupted. */
  private static final long GRACE_MILLIS = 3000;

  private static final int POLL_MILLIS = 50;

  private final String task;
  private final EngineSettings settings;
  private final Connector connector;
  private final Progress progress;
  private final TaskReport report;

  private volatile TaskState state = TaskState.STARTING;
  private volatile Instant since;
  private volatile @Nullable Stretch stretch;
  private volatile TaskStatus.@Nullable Retry retry;
  private volatile @Nullable String reason;
  private volatile @Nullable Throwable failure;
  private volatile boolean stopping;
  private @Nullable Thread thread;

  /** Creates a thread that is not started yet. */
  TaskThread(
      String task,
      EngineSettings settings,
      Connector connector,
      Progress progress,
      TaskReport report) {
    this.task = task;
    this.settings = settings;
    this.connector = connector;
    this.progress = progress;
    this.report = report;
    this.since = settings.time().instant();
  }

  TaskState state() {
    return state;
  }

  Instant since() {
    return since;
  }

  /** Returns whether the task replicates, or tries to. */
  boolean live() {
    return state.next().contains(TaskState.RETRYING);
  }

  /** Returns what the task does, or null if it is not connected. */
  @Nullable Stretch stretch() {
    return stretch;
  }

  /** Returns the next attempt, or null if the task is not waiting for it. */
  TaskStatus.@Nullable Retry retry() {
    return retry;
  }

  /** Returns why the task failed, or null if it did not. */
  @Nullable String reason() {
    return reason;
  }

  /** Returns the failure that stopped the task, or null if there is none. */
  @Nullable Throwable failure() {
    return failure;
  }

  /**
   * Returns whether the task failed because the source no longer has the messages that it needs.
   */
  boolean hasExpired() {
    return state == TaskState.FAILED && failure instanceof PositionExpiredException;
  }

  /**
   * Sets the state of a task whose target was released before the task was submitted. Such a task
   * does not start.
   */
  void wasGivenOver(TaskState stored, Instant at) {
    state = stored;
    since = at;
  }

  /** Replicates again after a stop or a failure. */
  void restart() {
    reason = null;
    failure = null;
    retry = null;
    become(TaskState.STARTING, null);
    start();
  }

  synchronized void start() {
    stopping = false;
    Thread fresh = settings.threads().newThread(this::work);
    fresh.setName("cdc-" + task);
    thread = fresh;
    fresh.start();
  }

  private void work() {
    Backoff backoff = new Backoff();
    EqualRefusals refusals = new EqualRefusals(settings.time());
    while (!stopping) {
      long before = progress.watermark();
      try {
        replicate();
      } catch (RetriableException e) {
        if (progress.watermark() > before) {
          backoff.reset();
          refusals.clear();
        }
        if (lasts(e, refusals)) {
          fail(lasting(e));
          return;
        }
        pauseBeforeRetry(backoff, e);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        return;
      } catch (Throwable e) {
        fail(e);
        return;
      }
    }
  }

  /**
   * Returns whether a fault is permanent. A fault of an unreachable part, or of a part that calls
   * it temporary, is retried forever.
   */
  private static boolean lasts(RetriableException e, EqualRefusals refusals) {
    if (Causes.find(e, RefusedException.class).isEmpty()) {
      refusals.clear();
      return false;
    }
    return refusals.last(String.valueOf(e.getMessage()));
  }

  private static CdcException lasting(RetriableException e) {
    String what =
        "%s. The same answer was received for more than %d s, so the task stops."
            .formatted(
                String.valueOf(e.getMessage()).replaceFirst("\\.$", ""),
                EqualRefusals.SPAN.toSeconds());
    String cure = "Correct the cause and resume.";
    return Causes.find(e, SourceRefusedException.class).isPresent()
        ? new SourceException(what, cure, e)
        : new TargetException(what, cure, e);
  }

  private void replicate() throws InterruptedException {
    try (Stretch connected = connector.connect()) {
      stretch = connected;
      retry = null;
      become(TaskState.RUNNING, null);
      connected.run(() -> stopping);
    } finally {
      stretch = null;
    }
  }

  private void pauseBeforeRetry(Backoff backoff, RetriableException fault) {
    progress.retried();
    int attempt = backoff.attempt();
    Duration pause = backoff.next();
    retry =
        new TaskStatus.Retry(
            attempt, settings.time().instant().plus(pause), String.valueOf(fault.getMessage()));
    become(TaskState.RETRYING, fault);
    LOG.info("task={} retrying in {} ms: {}", task, pause.toMillis(), fault.getMessage());
    try {
      sleep(pause);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      stopping = true;
    }
  }

  /** Sleeps, unless the task is stopped meanwhile. */
  private void sleep(Duration length) throws InterruptedException {
    long end = System.nanoTime() + length.toNanos();
    for (long left = length.toMillis(); left > 0 && !stopping; ) {
      Thread.sleep(Math.min(left, POLL_MILLIS));
      left = TimeUnit.NANOSECONDS.toMillis(end - System.nanoTime());
    }
  }

  private void fail(Throwable e) {
    failure = e;
    reason =
        e instanceof CdcException ? String.valueOf(e.getMessage()) : "Unexpected failure: " + e;
    if (become(TaskState.FAILED, e)) {
      LOG.error("task={} failed: {}", task, reason, e);
    }
  }

  /**
   * Changes the state, if the new state may follow. A thread that is being stopped may not change
   * it.
   */
  synchronized boolean become(TaskState next, @Nullable Throwable cause) {
    TaskState from = state;
    boolean mine = thread == null || Thread.currentThread() != thread || !stopping;
    if (from == next || !from.next().contains(next) || !mine) {
      return false;
    }
    state = next;
    since = settings.time().instant();
    report.stateChanged(from, next, cause);
    return true;
  }

  /** Ends the current round and the thread. Returns when the thread has ended. */
  void stop(TaskState next) {
    Thread running;
    synchronized (this) {
      if (!state.next().contains(next)) {
        return;
      }
      stopping = true;
      running = thread;
    }
    if (running != null && running != Thread.currentThread()) {
      join(running, GRACE_MILLIS);
      running.interrupt();
      join(running, GRACE_MILLIS);
    }
    become(next, null);
  }

  private static void join(Thread running, long millis) {
    try {
      running.join(millis);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
