package io.milvus.cdc.internal.engine;

import static io.milvus.cdc.internal.engine.OneEngine.SOON;
import static io.milvus.cdc.internal.engine.OneEngine.T;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.milvus.cdc.CdcTask;
import io.milvus.cdc.TaskSpec;
import io.milvus.cdc.TaskState;
import io.milvus.cdc.TaskStatus;
import io.milvus.cdc.error.RefusedException;
import io.milvus.cdc.error.RetriableException;
import io.milvus.cdc.error.SourceException;
import io.milvus.cdc.error.SourceRefusedException;
import io.milvus.cdc.error.TargetException;
import io.milvus.cdc.error.UnknownOutcomeException;
import io.milvus.cdc.internal.error.EqualRefusals;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/** What a task does about faults. */
@Timeout(60)
@Execution(ExecutionMode.CONCURRENT)
class TaskFaultTest {
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

  @Test
  void aPassingFaultIsRetriedAndShown() throws Exception {
    one.source.failToOpen(new RetriableException("etcd is away", ""));
    CdcTask task = one.engine.submit(TaskSpec.of("t"));
    assertThat(awaitRetry(task, "etcd is away").attempt()).isEqualTo(1);
    task.awaitState(TaskState.RUNNING, SOON);
    assertThat(task.status().retry()).isNull();
    assertThat(task.status().counters().retries()).isEqualTo(1);
  }

  @Test
  void attemptsAreCountedUntilSomethingWasDone() throws Exception {
    one.source.failToOpen(
        new RetriableException("1", ""),
        new RetriableException("2", ""),
        new RetriableException("3", ""));
    CdcTask task = one.engine.submit(TaskSpec.of("t"));
    assertThat(awaitRetry(task, "3").attempt()).isEqualTo(3);
    task.awaitState(TaskState.RUNNING, SOON);
    one.fill();
    await().until(() -> one.target.rounds().size() == 1);
    one.source.failToSync(new RetriableException("4", ""));

    assertThat(awaitRetry(task, "4").attempt()).isEqualTo(1);
  }

  private static TaskStatus.Retry awaitRetry(CdcTask task, String cause) {
    return await()
        .pollInterval(Duration.ofMillis(5))
        .until(() -> task.status().retry(), retry -> retry != null && cause.equals(retry.cause()));
  }

  @Test
  void afterAnUnknownOutcomeTheWindowIsReplayed() throws Exception {
    one.target.failToSend(new UnknownOutcomeException("cut", ""));
    CdcTask task = one.engine.submit(TaskSpec.of("t"));
    task.awaitState(TaskState.RUNNING, SOON);
    one.fill();
    await().until(() -> task.status().counters().retries() == 1);
    one.source.tick(io.milvus.cdc.catalog.Timestamps.plusMillis(T, 3_600_000), "s-dml_0");
    await().until(() -> one.target.rounds().size() == 1);

    assertThat(one.target.rounds().get(0).isReplay()).isTrue();
    assertThat(one.target.rounds().get(0).events()).hasSize(1);
    assertThat(one.source.violations()).isEmpty();
  }

  @Test
  void theSameRefusalForAMinuteStopsTheTaskAndSaysWhy() throws Exception {
    one.stoppedAt = Instant.now();
    one.target.failToOpen(
        IntStream.range(0, 9)
            .mapToObj(
                i -> new RefusedException("The target refused x: odd thing %d.".formatted(i), ""))
            .toArray(RefusedException[]::new));
    CdcTask task = one.engine.submit(TaskSpec.of("t"));
    await().until(() -> task.status().counters().retries() > 0);
    one.stoppedAt = Instant.now().plus(EqualRefusals.SPAN.multipliedBy(2));
    task.awaitState(TaskState.FAILED, SOON);

    assertThat(task.status().counters().retries()).isEqualTo(EqualRefusals.COUNT - 1);
    assertThat(task.status().reason())
        .contains("The target refused x: odd thing 4. The same answer was received")
        .endsWith("Correct the cause and resume.");
    task.resume();
    task.awaitState(TaskState.RUNNING, SOON);
  }

  @Test
  void aSourceThatRefusesUsForAMinuteStopsTheTaskAndIsBlamed() throws Exception {
    CdcTask task = one.engine.submit(TaskSpec.of("t"));
    task.awaitState(TaskState.RUNNING, SOON);
    one.stoppedAt = Instant.now();
    one.source.failToSync(
        IntStream.range(0, EqualRefusals.COUNT)
            .mapToObj(i -> new SourceRefusedException("etcd refuses user 'u': no.", "Check it."))
            .toArray(SourceRefusedException[]::new));
    await().until(() -> task.status().counters().retries() > 0);
    one.stoppedAt = Instant.now().plus(EqualRefusals.SPAN.multipliedBy(2));
    task.awaitState(TaskState.FAILED, SOON);

    // Listeners hear of it a moment later.
    await().until(() -> one.latestCause instanceof SourceException);
    assertThat(task.status().reason())
        .startsWith("etcd refuses user 'u': no. Check it. The same answer was received");
    task.resume();
    task.awaitState(TaskState.RUNNING, SOON);
  }

  @Test
  void whoIsAwayOrAnswersDifferentlyIsTriedForEver() throws Exception {
    one.stoppedAt = Instant.now();
    one.target.failToOpen(
        new RefusedException("odd", ""),
        new UnknownOutcomeException("away", ""),
        new UnknownOutcomeException("away", ""),
        new RefusedException("odd", ""),
        new UnknownOutcomeException("away", ""),
        new RefusedException("odder", ""));
    CdcTask task = one.engine.submit(TaskSpec.of("t"));
    await().until(() -> task.status().counters().retries() > 0);
    one.stoppedAt = Instant.now().plus(EqualRefusals.SPAN.multipliedBy(2));
    task.awaitState(TaskState.RUNNING, SOON);

    assertThat(task.status().counters().retries()).isEqualTo(6);
  }

  @Test
  void aFinalFaultStopsTheTaskAndSaysWhy() throws Exception {
    one.source.failToSync(new TargetException("Drop it on the target.", ""));
    CdcTask task = one.engine.submit(TaskSpec.of("t"));
    task.awaitState(TaskState.FAILED, SOON);

    assertThat(task.status().reason()).isEqualTo("Drop it on the target.");
    assertThat(task.status().retry()).isNull();
    assertThat(one.source.opened()).isEqualTo(1);
  }

  @Test
  void aFailedTaskCanBeTriedAgain() throws Exception {
    one.source.failToSync(new TargetException("once", ""));
    CdcTask task = one.engine.submit(TaskSpec.of("t"));
    task.awaitState(TaskState.FAILED, SOON);
    task.resume();
    task.awaitState(TaskState.RUNNING, SOON);

    assertThat(task.status().reason()).isNull();
    task.awaitCaughtUp(SOON);
  }

  @Test
  void anUnexpectedExceptionIsAFailure() throws Exception {
    one.target.failToOpen(new IllegalStateException("a bug"));
    CdcTask task = one.engine.submit(TaskSpec.of("t"));
    task.awaitState(TaskState.FAILED, SOON);

    assertThat(task.status().reason()).contains("a bug");
  }

  @Test
  void evenAnErrorIsAFailure() throws Exception {
    one.target.failToOpen(new NoClassDefFoundError("a/Class"));
    CdcTask task = one.engine.submit(TaskSpec.of("t"));
    task.awaitState(TaskState.FAILED, SOON);

    assertThat(task.status().reason()).contains("a/Class");
  }

  @Test
  void anUnknownMessageFailsTheTaskAndNothingAfterItIsApplied() throws Exception {
    one.source.change(io.milvus.cdc.testkit.Entries.catalog(OneEngine.BOOKS));
    one.source.publish(
        "s-dml_0",
        milvus.proto.msg.Msg.TimeTickMsg.newBuilder()
            .setBase(
                io.milvus.cdc.testkit.Messages.base(io.milvus.grpc.MsgType.DataNodeTt, 1, T + 3))
            .build());
    one.fill();
    CdcTask task = one.engine.submit(TaskSpec.of("t"));
    task.awaitState(TaskState.FAILED, SOON);

    assertThat(task.status().reason()).contains("1208").contains("s-dml_0");
    assertThat(one.target.rounds()).isEmpty();
  }

  @Test
  void statesAreToldInOrder() throws Exception {
    one.source.failToOpen(new RetriableException("away", ""));
    CdcTask task = one.engine.submit(TaskSpec.of("t"));
    task.awaitState(TaskState.RUNNING, SOON);
    task.pause();
    task.resume();
    task.awaitState(TaskState.RUNNING, SOON);
    task.delete();

    await().until(() -> one.states.size() == 6);
    assertThat(one.states)
        .containsExactly(
            "STARTING>RETRYING",
            "RETRYING>RUNNING",
            "RUNNING>PAUSED",
            "PAUSED>STARTING",
            "STARTING>RUNNING",
            "RUNNING>DELETED");
  }

  @Test
  void deletingWhileTheSourceIsAwayCanBeRepeated() throws Exception {
    one.source.failToOpen(new RetriableException("away", ""));
    CdcTask task = one.engine.submit(TaskSpec.of("t"));
    task.awaitState(TaskState.RETRYING, SOON);
    long before = System.nanoTime();
    task.delete();

    assertThat(task.state()).isEqualTo(TaskState.DELETED);
    assertThat(Duration.ofNanos(System.nanoTime() - before)).isLessThan(SOON);
  }

  @Test
  void aDeleteThatCouldNotReachTheSourceIsNotTakenForDone() throws Exception {
    CdcTask task = one.engine.submit(TaskSpec.of("t"));
    task.awaitState(TaskState.RUNNING, SOON);
    one.source.failToForget(new RetriableException("away", ""));
    org.assertj.core.api.Assertions.assertThatThrownBy(task::delete)
        .isInstanceOf(RetriableException.class);
    task.delete();

    assertThat(one.source.forgotten()).containsExactly("t");
    assertThat(one.store.tasks()).isEmpty();
    one.store.claim("t").close();
  }
}
