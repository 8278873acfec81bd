package io.milvus.cdc.internal.engine;

import io.milvus.cdc.TaskState;
import io.milvus.cdc.TaskStatus;
import io.milvus.cdc.catalog.Timestamps;
import io.milvus.cdc.error.IllegalTaskStateException;
import io.milvus.cdc.error.TaskFailedException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Waits until a task reaches a position or a state, or cannot reach it by itself.
 *
 * <p>Each wait is a question that returns null while it has no answer, and throws if the task will
 * not answer it by itself. A stage and a blocking wait ask the same one.
 */
final class TaskWaits {
  private final String id;
  private final TaskThread thread;
  private final Progress progress;
  private final Expectations expectations;
  private final InstantSource time;

  TaskWaits(
      String id,
      TaskThread thread,
      Progress progress,
      Expectations expectations,
      InstantSource time) {
    this.id = id;
    this.thread = thread;
    this.progress = progress;
    this.expectations = expectations;
    this.time = time;
  }

  CompletionStage<Void> caughtUp() {
    return expectations.until(hasReached(now())).thenAccept(position -> {});
  }

  CompletionStage<TaskState> termination() {
    return expectations.until(
        () -> {
          TaskState current = thread.state();
          return switch (current) {
            case FAILED, PROMOTED, CLOSED, DELETED -> current;
            case STARTING, RUNNING, RETRYING, PAUSED, PROMOTING -> null;
          };
        });
  }

  void awaitCaughtUp(Duration atMost) throws InterruptedException, TimeoutException {
    await(
        atMost,
        hasReached(now()),
        () ->
            "Task '%s' has not caught up after %s: it is %s, at %s"
                    .formatted(id, atMost, thread.state(), position())
                + problem());
  }

  void awaitState(TaskState wanted, Duration atMost) throws InterruptedException, TimeoutException {
    await(
        atMost,
        () -> {
          if (thread.state() == wanted) {
            return wanted;
          }
          rejectIfFailed();
          return null;
        },
        () ->
            "Task '%s' is %s after %s, not %s".formatted(id, thread.state(), atMost, wanted)
                + problem());
  }

  /** Returns the problem because of which the task waits or has failed, or nothing. */
  private String problem() {
    TaskStatus.Retry retry = thread.retry();
    String reason = retry == null ? thread.reason() : retry.cause();
    return reason == null ? "" : ": " + reason;
  }

  /**
   * Returns the last timestamp of this millisecond, because a recent write may have any of its
   * timestamps.
   */
  private long now() {
    return Timestamps.plusMillis(Timestamps.of(time.instant()), 1) - 1;
  }

  private Supplier<@Nullable Long> hasReached(long wanted) {
    return () -> {
      long complete = progress.complete();
      if (complete >= wanted) {
        return complete;
      }
      rejectIfStopped();
      return null;
    };
  }

  /** Throws if the task cannot progress by itself. */
  private void rejectIfStopped() {
    rejectIfFailed();
    if (!thread.live()) {
      throw new IllegalTaskStateException(
          "Task '%s' is %s, at %s, and does not replicate."
              .formatted(id, thread.state(), position()),
          "Resume or submit it, then wait again.");
    }
  }

  private void rejectIfFailed() {
    Throwable failure = thread.failure();
    if (thread.state() == TaskState.FAILED && failure != null) {
      throw new TaskFailedException(
          "Task '%s' has failed, at %s: %s".formatted(id, position(), thread.reason()),
          "",
          failure);
    }
  }

  private Instant position() {
    return Timestamps.instant(progress.complete());
  }

  private <T> void await(Duration atMost, Supplier<@Nullable T> question, Supplier<String> late)
      throws InterruptedException, TimeoutException {
    long deadline = System.nanoTime() + atMost.toNanos();
    while (question.get() == null) {
      long left = TimeUnit.NANOSECONDS.toMillis(deadline - System.nanoTime());
      if (left <= 0) {
        throw new TimeoutException(late.get());
      }
      progress.await(Math.min(left, 100));
    }
  }
}
