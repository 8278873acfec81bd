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
 * A task's thread, and the state that it is in: connects, replicates, connects again after a fault.
 * Thread-safe; whoever starts and stops it sees to it that nobody else does at the same time.
 */
final class TaskThread {
  private static final Logger LOG = LoggerFactory.getLogger(TaskThread.class);

  /** How long a task may take to finish its round before its thread is interrupted. */
  private static final long GRACE_MILLIS = 3000;

  private static final int POLL_MILLIS = 50;

  private final String task;
  private final EngineSettings settings;
  private final Connector connector;
  private final Progress progress;
  private final TaskReport report;

  private volatile TaskState state = TaskState.STARTING;
  private volatile Instant since;
  private volatile @Nullable Replication replication;
  private volatile TaskStatus.@Nullable Retry retry;
  private volatile @Nullable String reason;
  private volatile @Nullable Throwable failure;
  private volatile boolean stopping;
  private @Nullable Thread thread;

  /** A thread that is not started yet. */
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

  /** Whether the task works, or tries to. */
  boolean live() {
    return state.next().contains(TaskState.RETRYING);
  }

  /** What it is at, while it is connected. */
  @Nullable Replication replication() {
    return replication;
  }

  /** The next try, while it waits for that. */
  TaskStatus.@Nullable Retry retry() {
    return retry;
  }

  /** Why it failed, where it did. */
  @Nullable String reason() {
    return reason;
  }

  /** The failure that stopped it, if it failed. */
  @Nullable Throwable failure() {
    return failure;
  }

  /** Whether it failed because the source no longer has what it needs. */
  boolean hasExpired() {
    return state == TaskState.FAILED && failure instanceof PositionExpiredException;
  }

  /** A task whose target was given over before it was submitted does not begin. */
  void wasGivenOver(TaskState stored, Instant at) {
    state = stored;
    since = at;
  }

  /** Works again after it has stopped or failed. */
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

  /** What is unreachable, or says that it comes back, is tried for ever. */
  private static boolean lasts(RetriableException e, EqualRefusals refusals) {
    if (Causes.find(e, RefusedException.class).isEmpty()) {
      refusals.clear();
      return false;
    }
    return refusals.last(String.valueOf(e.getMessage()));
  }

  private static CdcException lasting(RetriableException e) {
    String what =
        "%s. It was answered again and again for more than %d s, so the task stops."
            .formatted(
                String.valueOf(e.getMessage()).replaceFirst("\\.$", ""),
                EqualRefusals.SPAN.toSeconds());
    String cure = "Mend the cause and resume.";
    return Causes.find(e, SourceRefusedException.class).isPresent()
        ? new SourceException(what, cure, e)
        : new TargetException(what, cure, e);
  }

  private void replicate() throws InterruptedException {
    try (Replication connected = connector.connect()) {
      replication = connected;
      retry = null;
      become(TaskState.RUNNING, null);
      connected.run(() -> stopping);
    } finally {
      replication = null;
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
   * Goes over into another state, where that may follow. A thread that is being stopped may not.
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

  /** Ends its round, and its work; returns when it has. */
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
