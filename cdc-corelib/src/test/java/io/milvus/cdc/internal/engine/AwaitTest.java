package io.milvus.cdc.internal.engine;

import static io.milvus.cdc.internal.engine.OneEngine.SOON;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.milvus.cdc.CdcTask;
import io.milvus.cdc.TaskSpec;
import io.milvus.cdc.TaskState;
import io.milvus.cdc.error.IllegalTaskStateException;
import io.milvus.cdc.error.RetriableException;
import io.milvus.cdc.error.SourceException;
import io.milvus.cdc.error.TaskFailedException;
import io.milvus.cdc.testkit.Entries;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Waiting for a task, with a thread or without one. */
@Timeout(60)
class AwaitTest {
  private static final Duration LONG = Duration.ofDays(1);

  @TempDir Path directory;
  private OneEngine one;

  @BeforeEach
  void begin() {
    one = new OneEngine(directory);
  }

  @AfterEach
  void end() {
    one.close();
  }

  private CdcTask submit() {
    return one.engine.submit(TaskSpec.of("t"));
  }

  @Test
  void aFailureEndsEveryWaitWithItsCause() throws Exception {
    SourceException broken = new SourceException("broken for good", "");
    one.source.failToOpen(new RetriableException("away", ""), broken);
    CdcTask task = submit();
    CompletableFuture<Void> caughtUp = task.caughtUp().toCompletableFuture();

    assertThatThrownBy(() -> task.awaitCaughtUp(LONG))
        .isInstanceOf(TaskFailedException.class)
        .hasMessageContaining("'t'")
        .hasMessageContaining("broken for good")
        .hasCause(broken);
    assertThatThrownBy(() -> task.awaitState(TaskState.RUNNING, LONG))
        .isInstanceOf(TaskFailedException.class)
        .hasCause(broken);
    assertThatThrownBy(() -> caughtUp.get(10, TimeUnit.SECONDS))
        .isInstanceOf(ExecutionException.class)
        .cause()
        .isInstanceOf(TaskFailedException.class)
        .hasCause(broken);
    assertThat(task.status().failure()).isSameAs(broken);
    assertThat(task.termination().toCompletableFuture().get(10, TimeUnit.SECONDS))
        .isEqualTo(TaskState.FAILED);
  }

  @Test
  void aWaitThatIsLateNamesTheProblemThatIsRetried() throws Exception {
    one.source.failToOpen(
        Stream.generate(() -> new RetriableException("etcd is away", ""))
            .limit(20)
            .toArray(RetriableException[]::new));
    CdcTask task = submit();
    task.awaitState(TaskState.RETRYING, SOON);

    assertThatThrownBy(() -> task.awaitCaughtUp(Duration.ofMillis(1)))
        .isInstanceOf(TimeoutException.class)
        .hasMessageContaining("it is RETRYING")
        .hasMessageEndingWith("etcd is away");
    assertThatThrownBy(() -> task.awaitState(TaskState.PROMOTED, Duration.ofMillis(1)))
        .isInstanceOf(TimeoutException.class)
        .hasMessageEndingWith("etcd is away");
  }

  @Test
  void aResumedTaskHasNoFailure() throws Exception {
    one.source.failToOpen(new SourceException("broken for good", ""));
    CdcTask task = submit();
    task.awaitState(TaskState.FAILED, SOON);

    task.resume();

    task.awaitState(TaskState.RUNNING, SOON);
    assertThat(task.status().failure()).isNull();
    assertThat(task.status().reason()).isNull();
  }

  /** A collection with one row that no tick completes, so that no task can catch up. */
  private void fillWithoutTick() {
    one.source.change(Entries.catalog(OneEngine.BOOKS));
    one.insert(OneEngine.T + 5, 1);
  }

  @Test
  void aPausedTaskEndsAWaitForRowsAndIsNoTermination() throws Exception {
    CdcTask task = submit();
    task.awaitState(TaskState.RUNNING, SOON);
    fillWithoutTick();
    CompletableFuture<TaskState> termination = task.termination().toCompletableFuture();
    CompletableFuture<Void> caughtUp = task.caughtUp().toCompletableFuture();

    task.pause();

    assertThatThrownBy(() -> task.awaitCaughtUp(LONG))
        .isInstanceOf(IllegalTaskStateException.class)
        .hasMessageContaining("PAUSED");
    assertThatThrownBy(() -> caughtUp.get(10, TimeUnit.SECONDS))
        .cause()
        .isInstanceOf(IllegalTaskStateException.class);
    assertThat(termination).isNotDone();
    task.delete();
    assertThat(termination.get(10, TimeUnit.SECONDS)).isEqualTo(TaskState.DELETED);
  }

  @Test
  void aStageCompletesWhenTheTargetHasEverything() throws Exception {
    CdcTask task = submit();
    task.awaitState(TaskState.RUNNING, SOON);
    fillWithoutTick();
    CompletableFuture<Void> caughtUp = task.caughtUp().toCompletableFuture();
    assertThat(caughtUp).isNotDone();

    await()
        .until(
            () -> {
              one.tickNow();
              return caughtUp.isDone();
            });

    assertThat(caughtUp).isCompleted();
    assertThat(task.status().counters().inserted()).isPositive();
  }

  @Test
  void aContinuationThatBlocksHoldsNoTaskUp() throws Exception {
    CompletableFuture<Void> never = new CompletableFuture<>();
    Thread caller = Thread.currentThread();
    one.source.failToOpen(new RetriableException("away", ""));
    CdcTask task = submit();
    // The stage runs it on this thread if the task has caught up before.
    task.caughtUp()
        .thenRun(
            () -> {
              if (Thread.currentThread() != caller) {
                never.join();
              }
            });
    try {
      task.awaitCaughtUp(SOON);
      task.pause();
      assertThat(task.state()).isEqualTo(TaskState.PAUSED);
    } finally {
      never.complete(null);
    }
  }
}
