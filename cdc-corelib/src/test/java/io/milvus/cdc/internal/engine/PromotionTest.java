package io.milvus.cdc.internal.engine;

import static io.milvus.cdc.internal.engine.OneEngine.SOON;
import static io.milvus.cdc.internal.engine.OneEngine.T;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.awaitility.Awaitility.await;

import io.milvus.cdc.CdcTask;
import io.milvus.cdc.Promotion;
import io.milvus.cdc.PromotionPendingException;
import io.milvus.cdc.Selection;
import io.milvus.cdc.TaskSpec;
import io.milvus.cdc.TaskState;
import io.milvus.cdc.catalog.Timestamps;
import io.milvus.cdc.error.IllegalTaskStateException;
import io.milvus.cdc.error.PromotedException;
import io.milvus.cdc.error.RetriableException;
import io.milvus.cdc.internal.checkpoint.Checkpoint;
import io.milvus.cdc.internal.checkpoint.CheckpointClaim;
import java.nio.file.Path;
import java.util.Collections;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

@Timeout(60)
@Execution(ExecutionMode.CONCURRENT)
class PromotionTest {
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

  private CdcTask caughtUp() throws Exception {
    one.fill();
    CdcTask task =
        one.engine.submit(TaskSpec.builder("t").selection(Selection.of("default")).build());
    await().until(() -> task.status().counters().inserted() == 1);
    return task;
  }

  private Checkpoint stored() {
    try (CheckpointClaim claim = one.store.claim("t")) {
      return claim.load().orElseThrow();
    }
  }

  @Test
  void aPromotedTaskTellsWhereItStoppedAndStaysSo() throws Exception {
    CdcTask task = caughtUp();
    Promotion promotion = task.promote();

    assertThat(promotion.writable()).isTrue();
    assertThat(promotion.toDo()).isEmpty();
    assertThat(promotion.doubtfulUntil()).isNull();
    assertThat(promotion.watermark().value()).isGreaterThanOrEqualTo(T + 5);
    assertThat(promotion.sourceTime()).isEqualTo(Timestamps.instant(promotion.watermark().value()));
    assertThat(task.state()).isEqualTo(TaskState.PROMOTED);
    assertThat(one.target.promoted()).hasSize(1);
    assertThat(one.target.promoted().get(0)).isGreaterThanOrEqualTo(promotion.watermark().value());
    assertThatThrownBy(task::resume)
        .isInstanceOf(PromotedException.class)
        .hasMessageContaining("Demote");
    task.pause();
    assertThat(task.state()).isEqualTo(TaskState.PROMOTED);
  }

  @Test
  void promotingAgainAnswersTheSame() throws Exception {
    CdcTask task = caughtUp();
    Promotion first = task.promote();

    assertThat(task.promote()).isEqualTo(first);
  }

  @Test
  void anotherProcessFindsThePromotedTaskPromoted() throws Exception {
    caughtUp().promote();
    one.engine.close();
    try (OneEngine next = new OneEngine(directory, one.store)) {
      CdcTask task = next.engine.submit(TaskSpec.of("t"));

      assertThat(task.state()).isEqualTo(TaskState.PROMOTED);
      assertThatThrownBy(task::resume).isInstanceOf(PromotedException.class);
      assertThat(next.source.opened()).isZero();
      assertThat(task.promote().writable()).isTrue();
    }
  }

  @Test
  void aTargetThatCannotBeAskedLeavesTheTaskPromotingAndTheCallToBeRepeated() throws Exception {
    CdcTask task = caughtUp();
    one.target.failToPromote(new RetriableException("away", ""));

    assertThatThrownBy(task::promote).isInstanceOf(RetriableException.class);
    assertThat(task.state()).isEqualTo(TaskState.PROMOTING);
    assertThat(task.promote().writable()).isTrue();
  }

  @Test
  void theTargetStaysAStandbyUntilTheLastOfItsTasksIsPromoted() throws Exception {
    CdcTask task = caughtUp();
    CdcTask other =
        one.engine.submit(TaskSpec.builder("other").selection(Selection.of("elsewhere")).build());
    other.awaitState(TaskState.RUNNING, SOON);
    PromotionPendingException first =
        catchThrowableOfType(PromotionPendingException.class, task::promote);

    assertThat(first).hasMessageContainingAll("does not accept writes yet", "other");
    assertThat(task.state()).isEqualTo(TaskState.PROMOTING);
    assertThat(one.target.promoted()).isEmpty();
    assertThat(other.state()).isEqualTo(TaskState.RUNNING);
    assertThat(other.promote().writable()).isTrue();
    assertThat(task.promote().writable()).isTrue();
    assertThat(task.state()).isEqualTo(TaskState.PROMOTED);
  }

  /** A target with an embedded etcd takes writes only after a person has restarted it. */
  @Test
  void aTaskIsPromotedOnlyOnceItsTargetTakesWrites() throws Exception {
    CdcTask task = caughtUp();
    one.target.leaveToAPerson("Restart it.");
    PromotionPendingException pending =
        catchThrowableOfType(PromotionPendingException.class, task::promote);

    assertThat(pending).hasMessageContainingAll("does not accept writes yet", "Restart it.");
    assertThat(pending.promotion().writable()).isFalse();
    assertThat(pending.promotion().toDo()).containsExactly("Restart it.");
    assertThat(pending.promotion().watermark().value()).isGreaterThanOrEqualTo(T + 5);
    assertThat(task.state()).isEqualTo(TaskState.PROMOTING);
    assertThat(task.status().reason()).contains("Restart it.");
    assertThatThrownBy(task::resume)
        .isInstanceOf(PromotedException.class)
        .hasMessageContainingAll("Restart it.", "demote");

    one.target.leaveToAPerson();
    assertThat(task.promote().writable()).isTrue();
    assertThat(task.state()).isEqualTo(TaskState.PROMOTED);
  }

  @Test
  void anotherProcessFindsABegunPromotionBegun() throws Exception {
    CdcTask task = caughtUp();
    one.target.failToPromote(new RetriableException("away", ""));
    assertThatThrownBy(task::promote).isInstanceOf(RetriableException.class);
    one.engine.close();
    try (OneEngine next = new OneEngine(directory, one.store)) {
      CdcTask resubmitted = next.engine.submit(TaskSpec.of("t"));

      assertThat(resubmitted.state()).isEqualTo(TaskState.PROMOTING);
      assertThat(resubmitted.status().reason()).contains("promote it again");
      resubmitted.demote();
      assertThat(resubmitted.state()).isEqualTo(TaskState.PAUSED);
    }
  }

  @Test
  void aPromotedTaskWhoseTargetTakesNoWritesAnyMoreSaysSo() throws Exception {
    CdcTask task = caughtUp();
    task.promote();
    one.target.leaveToAPerson("Restart it.");

    assertThatThrownBy(task::promote).isInstanceOf(PromotionPendingException.class);
    assertThat(task.state()).isEqualTo(TaskState.PROMOTING);
  }

  @Test
  void demotingMakesItAPausedTaskAboveWhateverOthersWrote() throws Exception {
    CdcTask task = caughtUp();
    Promotion promotion = task.promote();
    task.demote();

    assertThat(task.state()).isEqualTo(TaskState.PAUSED);
    assertThat(one.target.promoted()).isEmpty();
    task.resume();
    await().until(() -> task.state() == TaskState.RUNNING);
    one.insert(one.tickNow() + 1, 2);
    await()
        .until(
            () -> {
              one.tickNow();
              return task.status().counters().inserted() == 2;
            });
    one.engine.close();
    assertThat(stored().promotedAt()).isNull();
    assertThat(stored().ceiling()).isGreaterThan(promotion.watermark().value());
  }

  @Test
  void onlyAPromotedTaskIsDemoted() throws Exception {
    CdcTask task = caughtUp();

    assertThatThrownBy(task::demote)
        .isInstanceOf(IllegalTaskStateException.class)
        .hasMessageContaining("RUNNING");
  }

  @Test
  void aTaskThatHasNeverBegunIsNotPromoted() throws Exception {
    one.source.failToOpen(
        new RetriableException("away", ""),
        new RetriableException("away", ""),
        new RetriableException("a", ""));
    CdcTask task = one.engine.submit(TaskSpec.of("t"));

    assertThatThrownBy(task::promote)
        .isInstanceOf(IllegalTaskStateException.class)
        .hasMessageContaining("never begun");
    assertThat(one.target.promoted()).isEmpty();
  }

  @Test
  void aSourceThatIsAwayLeavesNothingInDoubt() throws Exception {
    CdcTask task = caughtUp();
    one.source.failToSync(new RetriableException("the source is away", ""));
    task.awaitState(TaskState.RETRYING, SOON);
    Promotion promotion = task.promote();

    assertThat(promotion.doubtfulUntil()).isNull();
    assertThat(promotion.watermark().value()).isGreaterThanOrEqualTo(T + 5);
    assertThat(promotion.writable()).isTrue();
  }

  /** The rows of a round may or may not be there, and the source is not there to tell them. */
  @Test
  void aRoundThatEndedUnderwayIsToldAsADoubt() throws Exception {
    CdcTask task = caughtUp();
    one.target.failToSend(new RetriableException("cut", ""));
    one.source.failToOpen(
        Collections.nCopies(1000, new RetriableException("away", ""))
            .toArray(RetriableException[]::new));
    long before = one.tickNow();
    one.insert(before + 1, 2);
    one.source.tick(before + 2, "s-dml_0");
    task.awaitState(TaskState.RETRYING, SOON);
    Promotion promotion = task.promote();

    assertThat(promotion.doubtfulUntil()).isAfter(promotion.sourceTime());
  }

  /** After a crash, with a source that has died: no tick will ever cover what was reserved. */
  @Test
  void whatACrashMadeDoubtfulIsReplayedAsFarAsTheQueueTells() throws Exception {
    CdcTask task = caughtUp();
    one.target.failToSend(new RetriableException("cut", ""));
    long sent = one.tickNow() + 1;
    one.insert(sent, 2);
    long last = sent + 1;
    one.source.tick(last, "s-dml_0");
    await().until(() -> task.status().counters().retries() > 0);
    Promotion promotion = task.promote();

    assertThat(promotion.doubtfulUntil()).isNull();
    assertThat(promotion.watermark().value()).isBetween(sent, last);
    assertThat(one.target.rounds().get(1).isReplay()).isTrue();
    assertThat(one.target.rounds().get(1).events())
        .last()
        .extracting(event -> event.timestamp())
        .isEqualTo(sent);
  }
}
