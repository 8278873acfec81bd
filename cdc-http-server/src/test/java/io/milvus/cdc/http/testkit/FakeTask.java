package io.milvus.cdc.http.testkit;

import io.milvus.cdc.CdcListener;
import io.milvus.cdc.CdcTask;
import io.milvus.cdc.ChannelStatus;
import io.milvus.cdc.Counters;
import io.milvus.cdc.Promotion;
import io.milvus.cdc.PromotionPendingException;
import io.milvus.cdc.Retention;
import io.milvus.cdc.Selection;
import io.milvus.cdc.StartFrom;
import io.milvus.cdc.TaskSpec;
import io.milvus.cdc.TaskState;
import io.milvus.cdc.TaskStatus;
import io.milvus.cdc.error.PromotedException;
import io.milvus.cdc.event.HybridTime;
import io.milvus.cdc.event.Position;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** A task that is in the state it was told to be in. */
public final class FakeTask implements CdcTask {
  public static final Instant WATERMARK = Instant.parse("2026-11-26T01:02:03.004Z");
  private static final HybridTime TIMESTAMP = HybridTime.of(WATERMARK);

  private final TaskSpec spec;
  private final Supplier<CdcListener> listener;
  private volatile TaskState state;
  private volatile @Nullable RuntimeException fault;
  private volatile boolean pending;
  private volatile boolean arrived = true;
  private volatile boolean incomplete;
  private volatile String resynced = "";

  FakeTask(TaskSpec spec, TaskState state, Supplier<CdcListener> listener) {
    this.spec = spec;
    this.state = state;
    this.listener = listener;
  }

  public TaskSpec spec() {
    return spec;
  }

  public void become(TaskState next) {
    TaskState before = state;
    state = next;
    RuntimeException cause =
        next == TaskState.FAILED || next == TaskState.RETRYING
            ? new IllegalStateException("it broke")
            : null;
    listener.get().stateChanged(spec.id(), before, next, cause);
  }

  /** Lets the next order fail. */
  public void fail(RuntimeException with) {
    fault = with;
  }

  private void order(TaskState next) {
    RuntimeException failure = fault;
    fault = null;
    if (failure != null) {
      throw failure;
    }
    become(next);
  }

  @Override
  public String id() {
    return spec.id();
  }

  @Override
  public TaskState state() {
    return state;
  }

  @Override
  public TaskStatus status() {
    return TaskStatus.builder(spec.id(), state)
        .since(WATERMARK)
        .watermark(TIMESTAMP)
        .readTimestamp(TIMESTAMP)
        .lag(arrived ? Duration.ofMillis(1500) : null)
        .channels(
            List.of(
                new ChannelStatus(
                    "by-dev-rootcoord-dml_0", true, TIMESTAMP, Duration.ofMillis(1500), 3, 4096)))
        .checkpoint(
            new StartFrom.At(TIMESTAMP, Map.of("by-dev-rootcoord-dml_0", new Position("15:203"))))
        .counters(
            Counters.builder()
                .inserted(10)
                .deleted(2)
                .bytes(5000)
                .schemaChanges(1)
                .retries(4)
                .restamped(3)
                .rounds(20)
                .applying(Duration.ofMillis(600))
                .rate(12.5)
                .build())
        .retention(
            new Retention(
                true,
                "by-dev-rootcoord-dml_0",
                4096,
                8L << 30,
                WATERMARK,
                null,
                "Resume the task."))
        .retry(
            state == TaskState.RETRYING
                ? new TaskStatus.Retry(2, WATERMARK, "the target is away")
                : null)
        .reason(
            switch (state) {
              case FAILED -> "it broke";
              case PROMOTING -> "Restart it.";
              default -> null;
            })
        .build();
  }

  @Override
  public void pause() {
    order(TaskState.PAUSED);
  }

  @Override
  public void resume() {
    if (state == TaskState.PROMOTED) {
      throw new PromotedException("Task '%s' was promoted.".formatted(spec.id()), "");
    }
    order(TaskState.RUNNING);
  }

  /** Has not reached its target yet. */
  public void beforeItsTarget() {
    arrived = false;
  }

  /** Lets the next promotion end before the target takes writes. */
  public void leaveToAPerson() {
    pending = true;
  }

  @Override
  public void resync(Selection collections, StartFrom.Existing rows) {
    order(TaskState.RUNNING);
    resynced = collections + " " + rows;
  }

  /** Returns the last order to copy collections again. */
  public String resynced() {
    return resynced;
  }

  @Override
  public Promotion promoteIncomplete() {
    incomplete = true;
    return promote();
  }

  /** Returns whether the target was promoted although the copy may not be complete. */
  public boolean incomplete() {
    return incomplete;
  }

  @Override
  public Promotion promote() {
    if (pending) {
      pending = false;
      order(TaskState.PROMOTING);
      throw new PromotionPendingException(
          "The target does not accept writes yet.",
          "Restart it.",
          new Promotion(TIMESTAMP, null, false, List.of("Restart it.")));
    }
    order(TaskState.PROMOTED);
    return new Promotion(TIMESTAMP, null, true, List.of());
  }

  @Override
  public void demote() {
    order(TaskState.PAUSED);
  }

  @Override
  public void delete() {
    order(TaskState.DELETED);
  }

  @Override
  public CompletionStage<Void> caughtUp() {
    return CompletableFuture.completedFuture(null);
  }

  @Override
  public CompletionStage<TaskState> termination() {
    return new CompletableFuture<>();
  }

  @Override
  public void awaitCaughtUp(Duration atMost) {}

  @Override
  public void awaitState(TaskState wanted, Duration atMost) {}
}
