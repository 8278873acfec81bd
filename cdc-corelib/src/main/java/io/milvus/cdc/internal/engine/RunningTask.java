package io.milvus.cdc.internal.engine;

import io.milvus.cdc.CdcTask;
import io.milvus.cdc.ChannelStatus;
import io.milvus.cdc.ExistingStatus;
import io.milvus.cdc.Promotion;
import io.milvus.cdc.PromotionPendingException;
import io.milvus.cdc.Selection;
import io.milvus.cdc.StartFrom;
import io.milvus.cdc.TaskSpec;
import io.milvus.cdc.TaskState;
import io.milvus.cdc.TaskStatus;
import io.milvus.cdc.catalog.Timestamps;
import io.milvus.cdc.error.IllegalTaskStateException;
import io.milvus.cdc.error.PromotedException;
import io.milvus.cdc.event.HybridTime;
import io.milvus.cdc.internal.checkpoint.Checkpoint;
import io.milvus.cdc.internal.checkpoint.CheckpointClaim;
import io.milvus.cdc.internal.checkpoint.CopyOrder;
import io.milvus.cdc.internal.order.TickMerger;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Implements a task for its callers: its operations and its status. */
final class RunningTask implements CdcTask {
  /** The time that a promotion waits for the end of a doubtful window. */
  private static final long CONCLUDE_NANOS = TimeUnit.SECONDS.toNanos(10);

  private static final int POLL_MILLIS = 50;

  private final EngineSettings settings;
  private final TaskSpec spec;
  private final CheckpointClaim claim;
  private final Progress progress = new Progress();
  private final CopyProgress copy = new CopyProgress();
  private final TaskReport report;
  private final TaskThread thread;
  private final TaskWaits waits;
  private final TaskRetention retention;
  private final Failover failover;
  private final Resync resync;
  private final Supplier<List<String>> others;

  /**
   * Whether nothing is left of a deleted task. If the source was unreachable, the deletion can be
   * repeated.
   */
  private volatile boolean cleanedUp;

  /** The steps that remain of a promotion that has begun. */
  private volatile String leftToDo = "Its target is not known to accept writes: promote it again.";

  /** Held by each thread that stops or starts the task. */
  private final Object lifecycle = new Object();

  /**
   * Creates a task at the position of its checkpoint.
   *
   * @param others returns the other tasks that replicate to the same target
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
    Expectations expectations = new Expectations();
    this.report = new TaskReport(spec.id(), progress, copy, listeners, expectations);
    Connector connector = new Connector(new TaskParts(settings, spec, claim, report, groups));
    this.thread = new TaskThread(spec.id(), settings, connector, progress, report);
    this.waits = new TaskWaits(spec.id(), thread, progress, expectations, settings.time());
    this.retention = new TaskRetention(progress, report, settings.time());
    this.failover =
        new Failover(
            spec,
            claim,
            Objects.requireNonNull(settings.targets().get(spec.target()), spec.target()),
            settings.time());
    this.resync = new Resync(settings, spec, claim);
    this.others = others;
    claim.load().ifPresent(this::remember);
  }

  private void remember(Checkpoint stored) {
    CopyOrder order = stored.copies().order();
    if (order != null) {
      copy.enter(ExistingStatus.Phase.WAITING, order.cut());
      return;
    }
    if (stored.copies().newest() > 0) {
      copy.enter(ExistingStatus.Phase.DONE, stored.copies().newest());
    }
    progress.watermark(stored.watermark(), stored.ceiling());
    progress.complete(stored.watermark());
    progress.stored(new StartFrom.At(new HybridTime(stored.watermark()), stored.positions()));
    Instant promoted = stored.promotedAt();
    if (promoted != null) {
      thread.wasGivenOver(stored.promoting() ? TaskState.PROMOTING : TaskState.PROMOTED, promoted);
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
    return thread.state();
  }

  /** Returns whether the task replicates, or tries to. */
  boolean live() {
    return thread.live();
  }

  /** Returns whether the task has a checkpoint that it may resume from. */
  boolean exists() {
    return state() != TaskState.DELETED && state() != TaskState.CLOSED;
  }

  /**
   * Returns whether the task failed because the source no longer has the messages that it needs.
   */
  boolean hasExpired() {
    return thread.hasExpired();
  }

  TaskRetention retention() {
    return retention;
  }

  /** Starts to replicate, unless the target was released to other writers. */
  void begin() {
    synchronized (lifecycle) {
      if (!state().givenOver()) {
        thread.start();
      }
    }
  }

  @Override
  public TaskStatus status() {
    Stretch connected = thread.stretch();
    long watermark = progress.watermark();
    long now = settings.time().millis();
    TaskState current = state();
    return TaskStatus.builder(spec.id(), current)
        .since(thread.since())
        .watermark(new HybridTime(watermark))
        .readTimestamp(new HybridTime(progress.readTimestamp()))
        .lag(lag(now, Timestamps.millis(progress.complete())))
        .channels(connected == null ? List.of() : channels(connected, now))
        .checkpoint(progress.stored())
        .counters(progress.counters())
        .existing(copy.status())
        .limitations(connected == null ? List.of() : connected.limitations())
        .retention(retention.status())
        .retry(current == TaskState.RETRYING ? thread.retry() : null)
        .reason(reason(current))
        .failure(current == TaskState.FAILED ? thread.failure() : null)
        .build();
  }

  private @Nullable String reason(TaskState current) {
    return switch (current) {
      case FAILED -> thread.reason();
      case PROMOTING -> leftToDo;
      default -> null;
    };
  }

  private static @Nullable Duration lag(long now, long then) {
    return then == 0 ? null : Duration.ofMillis(Math.max(0, now - then));
  }

  private static List<ChannelStatus> channels(Stretch connected, long now) {
    return connected.channels().stream()
        .map(
            (TickMerger.ChannelView view) ->
                new ChannelStatus(
                    view.channel(),
                    view.live(),
                    new HybridTime(view.tick()),
                    view.live() ? lag(now, Timestamps.millis(view.tick())) : Duration.ZERO,
                    view.messages(),
                    view.bytes()))
        .toList();
  }

  @Override
  public void pause() {
    synchronized (lifecycle) {
      if (!state().givenOver()) {
        thread.stop(TaskState.PAUSED);
      }
    }
  }

  @Override
  public void resume() {
    synchronized (lifecycle) {
      if (state() == TaskState.PROMOTING) {
        throw new PromotedException(
            "Task '%s' is being promoted since %s: %s"
                .formatted(spec.id(), thread.since(), leftToDo),
            "To resume replication, demote the task first.");
      }
      if (state() == TaskState.PROMOTED) {
        throw new PromotedException(
            "Task '%s' was promoted at %s: its target accepts client writes."
                .formatted(spec.id(), thread.since()),
            "Demote the task first. Client writes stay on the target.");
      }
      if (state() == TaskState.PAUSED || state() == TaskState.FAILED) {
        thread.restart();
      }
    }
  }

  @Override
  public void resync(Selection collections, StartFrom.Existing rows) {
    synchronized (lifecycle) {
      resync.check(state(), hasExpired(), collections, rows);
      boolean wasLive = live();
      thread.stop(TaskState.PAUSED);
      boolean stored = false;
      try {
        resync.store(collections, rows);
        stored = true;
        progress.restart();
        report.copying(ExistingStatus.Phase.WAITING, 0);
      } finally {
        if (stored || wasLive) {
          thread.restart();
        }
      }
    }
  }

  @Override
  public Promotion promote() throws InterruptedException {
    rejectIfClosed();
    failover.requireComplete();
    return promoteIncomplete();
  }

  @Override
  public Promotion promoteIncomplete() throws InterruptedException {
    concludeDoubtful();
    synchronized (lifecycle) {
      rejectIfClosed();
      failover.requireBegun();
      if (!state().givenOver()) {
        thread.stop(TaskState.PAUSED);
        failover.begin();
        thread.become(TaskState.PROMOTING, null);
      }
    }
    return concluded(failover.promote(others.get()));
  }

  /** Sets the task's state to the state that the target reports. */
  private Promotion concluded(Promotion promotion) {
    synchronized (lifecycle) {
      if (promotion.writable() && state() == TaskState.PROMOTING) {
        failover.end();
        thread.become(TaskState.PROMOTED, null);
      } else if (!promotion.writable()) {
        leftToDo = String.join(" ", promotion.toDo());
        if (state() == TaskState.PROMOTED) {
          failover.begin();
          thread.become(TaskState.PROMOTING, null);
        }
      }
    }
    if (!promotion.writable()) {
      throw new PromotionPendingException(
          ("The target of task '%s' does not accept writes yet. It is as the source was at"
                  + " %s.")
              .formatted(spec.id(), promotion.sourceTime()),
          leftToDo + " Then promote the task again.",
          promotion);
    }
    return promotion;
  }

  private void rejectIfClosed() {
    if (state() == TaskState.CLOSED || state() == TaskState.DELETED) {
      throw new IllegalTaskStateException(
          "Task '%s' is %s and cannot be promoted.".formatted(spec.id(), state()),
          "Submit it to an engine first.");
    }
  }

  private void concludeDoubtful() throws InterruptedException {
    long deadline = System.nanoTime() + CONCLUDE_NANOS;
    while (live() && doubtful() && System.nanoTime() < deadline) {
      progress.await(POLL_MILLIS);
    }
  }

  private boolean doubtful() {
    Stretch connected = thread.stretch();
    if (connected == null) {
      return failover.doubtful();
    }
    connected.doubtful().conclude();
    return connected.doubtful().isOpen();
  }

  @Override
  public void demote() throws InterruptedException {
    synchronized (lifecycle) {
      if (!state().givenOver()) {
        throw new IllegalTaskStateException(
            "Task '%s' is %s, not promoted: there is nothing to undo."
                .formatted(spec.id(), state()),
            "Promote it first.");
      }
    }
    long highest = failover.demoteTarget();
    synchronized (lifecycle) {
      if (state().givenOver()) {
        failover.forget(highest);
        thread.become(TaskState.PAUSED, null);
      }
    }
  }

  @Override
  public void delete() {
    synchronized (lifecycle) {
      if (cleanedUp || state() == TaskState.CLOSED) {
        return;
      }
      thread.stop(TaskState.DELETED);
      settings.source().forget(spec.id());
      claim.delete();
      claim.close();
      cleanedUp = true;
    }
  }

  /** Stops with the engine; the checkpoint stays. */
  void close() {
    synchronized (lifecycle) {
      thread.stop(TaskState.CLOSED);
      claim.close();
    }
  }

  @Override
  public CompletionStage<Void> caughtUp() {
    return waits.caughtUp();
  }

  @Override
  public CompletionStage<TaskState> termination() {
    return waits.termination();
  }

  @Override
  public void awaitCaughtUp(Duration atMost) throws InterruptedException, TimeoutException {
    waits.awaitCaughtUp(atMost);
  }

  @Override
  public void awaitState(TaskState wanted, Duration atMost)
      throws InterruptedException, TimeoutException {
    waits.awaitState(wanted, atMost);
  }
}
