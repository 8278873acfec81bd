package io.milvus.cdc.engine;

import io.milvus.cdc.CdcTask;
import io.milvus.cdc.ChannelStatus;
import io.milvus.cdc.Promotion;
import io.milvus.cdc.StartFrom;
import io.milvus.cdc.TaskSpec;
import io.milvus.cdc.TaskState;
import io.milvus.cdc.TaskStatus;
import io.milvus.cdc.catalog.Timestamps;
import io.milvus.cdc.checkpoint.Checkpoint;
import io.milvus.cdc.checkpoint.CheckpointClaim;
import io.milvus.cdc.error.CdcException;
import io.milvus.cdc.error.ConfigException;
import io.milvus.cdc.error.PromotedException;
import io.milvus.cdc.error.RetriableException;
import io.milvus.cdc.order.TickMerger;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A task and its thread: connects, replicates, connects again after a fault. */
final class RunningTask implements CdcTask {
  private static final Logger LOG = LoggerFactory.getLogger(RunningTask.class);

  /** How long a task may take to finish its round before its thread is interrupted. */
  private static final long GRACE_MILLIS = 3000;

  /** How long a promotion waits for the end of a doubtful window. */
  private static final long CONCLUDE_NANOS = TimeUnit.SECONDS.toNanos(10);

  private static final int POLL_MILLIS = 50;

  private final EngineSettings settings;
  private final TaskSpec spec;
  private final CheckpointClaim claim;
  private final Progress progress = new Progress();
  private final TaskReport report;
  private final Connector connector;
  private final Failover failover;
  private final Supplier<List<String>> others;

  private volatile TaskState state = TaskState.STARTING;
  private volatile Instant since;
  private volatile @Nullable Replication replication;
  private volatile TaskStatus.@Nullable Retry retry;
  private volatile @Nullable String reason;
  private volatile boolean stopping;

  /**
   * Whether nothing is left of a deleted task; where the source was away, deleting can be repeated.
   */
  private volatile boolean cleanedUp;

  private @Nullable Thread thread;

  /** Held by whoever stops or starts the task. */
  private final Object lifecycle = new Object();

  /**
   * A task that stands where its checkpoint says.
   *
   * @param others tells which other tasks replicate to the same target
   */
  RunningTask(
      EngineSettings settings,
      TaskSpec spec,
      CheckpointClaim claim,
      Listeners listeners,
      ChannelGroups groups,
      Supplier<List<String>> others) {
    this.settings = settings;
    this.spec = spec;
    this.claim = claim;
    this.report = new TaskReport(spec.id(), progress, listeners);
    this.connector = new Connector(settings, spec, claim, report, groups);
    this.failover =
        new Failover(
            spec,
            claim,
            Objects.requireNonNull(settings.targets().get(spec.target()), spec.target()),
            settings.time());
    this.others = others;
    this.since = settings.time().instant();
    claim.load().ifPresent(this::remember);
  }

  private void remember(Checkpoint stored) {
    progress.watermark(stored.watermark(), stored.ceiling());
    progress.stored(new StartFrom.At(stored.watermark(), stored.positions()));
    Instant promoted = stored.promotedAt();
    if (promoted != null) {
      state = TaskState.PROMOTED;
      since = promoted;
    }
  }

  @Override
  public String id() {
    return spec.id();
  }

  TaskSpec spec() {
    return spec;
  }

  @Override
  public TaskState state() {
    return state;
  }

  /** Begins its work, unless its target was promoted. */
  synchronized void begin() {
    if (state != TaskState.PROMOTED) {
      start();
    }
  }

  private synchronized void start() {
    stopping = false;
    Thread fresh = settings.threads().newThread(this::work);
    fresh.setName("cdc-" + spec.id());
    thread = fresh;
    fresh.start();
  }

  private void work() {
    Backoff backoff = new Backoff();
    while (!stopping) {
      long before = progress.watermark();
      try {
        replicate();
      } catch (RetriableException e) {
        if (progress.watermark() > before) {
          backoff.reset();
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
    LOG.info("task={} retrying in {} ms: {}", spec.id(), pause.toMillis(), fault.getMessage());
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
    reason =
        e instanceof CdcException ? String.valueOf(e.getMessage()) : "Unexpected failure: " + e;
    if (become(TaskState.FAILED, e)) {
      LOG.error("task={} failed: {}", spec.id(), reason, e);
    }
  }

  private synchronized boolean become(TaskState next, @Nullable Throwable cause) {
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

  @Override
  public TaskStatus status() {
    Replication connected = replication;
    long watermark = progress.watermark();
    long now = settings.time().millis();
    TaskState current = state;
    return new TaskStatus(
        spec.id(),
        current,
        since,
        watermark,
        progress.readTimestamp(),
        lag(now, Timestamps.millis(progress.complete())),
        connected == null ? List.of() : channels(connected, now),
        progress.stored(),
        progress.counters(),
        connected == null ? List.of() : connected.shortcomings(),
        current == TaskState.RETRYING ? retry : null,
        current == TaskState.FAILED ? reason : null);
  }

  private static Duration lag(long now, long then) {
    return then == 0 ? Duration.ZERO : Duration.ofMillis(Math.max(0, now - then));
  }

  private static List<ChannelStatus> channels(Replication connected, long now) {
    return connected.channels().stream()
        .map(
            (TickMerger.ChannelView view) ->
                new ChannelStatus(
                    view.channel(),
                    view.live(),
                    view.tick(),
                    view.live() ? lag(now, Timestamps.millis(view.tick())) : Duration.ZERO,
                    view.messages(),
                    view.bytes()))
        .toList();
  }

  @Override
  public void pause() {
    synchronized (lifecycle) {
      if (state != TaskState.PROMOTED) {
        stop(TaskState.PAUSED);
      }
    }
  }

  @Override
  public void resume() {
    synchronized (lifecycle) {
      if (state == TaskState.PROMOTED) {
        throw new PromotedException(
            "Task '%s' was promoted at %s: its target takes writes of others. Call demote() first, which says what becomes of these."
                .formatted(spec.id(), since));
      }
      if (state == TaskState.PAUSED || state == TaskState.FAILED) {
        reason = null;
        retry = null;
        become(TaskState.STARTING, null);
        start();
      }
    }
  }

  @Override
  public Promotion promote() throws InterruptedException {
    concludeWhatIsDoubtful();
    synchronized (lifecycle) {
      refuseWhereClosed();
      failover.check();
      if (state != TaskState.PROMOTED) {
        stop(TaskState.PAUSED);
      }
      failover.remember();
      become(TaskState.PROMOTED, null);
    }
    return failover.promote(others.get());
  }

  private void refuseWhereClosed() {
    if (state == TaskState.CLOSED || state == TaskState.DELETED) {
      throw new ConfigException(
          "Task '%s' is %s and cannot be promoted. Submit it to an engine first."
              .formatted(spec.id(), state));
    }
  }

  private void concludeWhatIsDoubtful() throws InterruptedException {
    long deadline = System.nanoTime() + CONCLUDE_NANOS;
    while (live() && doubtful() && System.nanoTime() < deadline) {
      progress.await(POLL_MILLIS);
    }
  }

  /** Whether the task works, or tries to. */
  boolean live() {
    return state.next().contains(TaskState.RETRYING);
  }

  private boolean doubtful() {
    Replication connected = replication;
    if (connected == null) {
      return failover.doubtful();
    }
    connected.conclude();
    return connected.doubtful();
  }

  @Override
  public void demote() throws InterruptedException {
    synchronized (lifecycle) {
      if (state != TaskState.PROMOTED) {
        throw new ConfigException(
            "Task '%s' is %s, not promoted: there is nothing to undo.".formatted(spec.id(), state));
      }
    }
    long highest = failover.demoteTarget();
    synchronized (lifecycle) {
      if (state == TaskState.PROMOTED) {
        failover.forget(highest);
        become(TaskState.PAUSED, null);
      }
    }
  }

  @Override
  public void delete() {
    synchronized (lifecycle) {
      if (cleanedUp || state == TaskState.CLOSED) {
        return;
      }
      stop(TaskState.DELETED);
      settings.source().forget(spec.id());
      claim.delete();
      claim.close();
      cleanedUp = true;
    }
  }

  /** Stops with the engine; the checkpoint stays. */
  void close() {
    synchronized (lifecycle) {
      stop(TaskState.CLOSED);
      claim.close();
    }
  }

  private void stop(TaskState next) {
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

  @Override
  public void awaitCaughtUp(Duration atMost) throws InterruptedException, TimeoutException {
    long wanted = Timestamps.of(settings.time().instant());
    await(
        atMost,
        () -> progress.complete() >= wanted,
        () -> !live(),
        () ->
            "Task %s has not caught up after %s: it is %s, at %s%s"
                .formatted(
                    spec.id(),
                    atMost,
                    state,
                    Timestamps.instant(progress.complete()),
                    reason == null ? "" : "; " + reason));
  }

  @Override
  public void awaitState(TaskState wanted, Duration atMost)
      throws InterruptedException, TimeoutException {
    await(
        atMost,
        () -> state == wanted,
        () -> false,
        () -> "Task %s is %s after %s, not %s".formatted(spec.id(), state, atMost, wanted));
  }

  private void await(
      Duration atMost,
      BooleanSupplier reached,
      BooleanSupplier hopeless,
      Supplier<String> otherwise)
      throws InterruptedException, TimeoutException {
    long deadline = System.nanoTime() + atMost.toNanos();
    while (!reached.getAsBoolean()) {
      long left = TimeUnit.NANOSECONDS.toMillis(deadline - System.nanoTime());
      if (left <= 0 || hopeless.getAsBoolean()) {
        throw new TimeoutException(otherwise.get());
      }
      progress.await(Math.min(left, 100));
    }
  }
}
