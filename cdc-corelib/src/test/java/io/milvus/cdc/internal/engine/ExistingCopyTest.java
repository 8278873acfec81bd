package io.milvus.cdc.internal.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.milvus.cdc.CdcListener;
import io.milvus.cdc.CdcTask;
import io.milvus.cdc.ExistingStatus;
import io.milvus.cdc.ExistingStatus.Phase;
import io.milvus.cdc.StartFrom;
import io.milvus.cdc.TaskSpec;
import io.milvus.cdc.TaskState;
import io.milvus.cdc.error.ConfigException;
import io.milvus.cdc.error.IllegalTaskStateException;
import io.milvus.cdc.testkit.Entries;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A user's view of a task that starts from existing rows. */
@Timeout(60)
class ExistingCopyTest {
  private static final TaskSpec EXISTING =
      TaskSpec.builder("t").startFrom(StartFrom.existing()).build();

  @TempDir private Path directory;

  private final List<Phase> phases = Collections.synchronizedList(new ArrayList<>());
  private OneEngine one;

  private OneEngine open() {
    one =
        new OneEngine(
            directory,
            new CdcListener() {
              @Override
              public void existingRowsReached(String task, ExistingStatus status) {
                phases.add(status.phase());
              }
            });
    return one;
  }

  @AfterEach
  void close() {
    one.close();
  }

  @Test
  void theStatusNamesTheChannelsThatAreNotStoredUpToTheCut() throws Exception {
    open();
    fillWithoutTick();
    CdcTask task = one.engine.submit(EXISTING);
    await().until(() -> task.status().existing() != null);
    await().until(() -> !task.status().existing().waitingFor().isEmpty());
    assertThat(task.status().existing().phase()).isEqualTo(Phase.WAITING);
    assertThat(task.status().existing().waitingFor())
        .containsOnlyKeys(OneEngine.BOOKS.shards().get(0));
    assertThat(task.status().watermark().value()).isZero();
    assertThat(task.status().lag()).isNull();
  }

  /** A collection with one row, which no tick follows. */
  private void fillWithoutTick() {
    one.source.change(Entries.catalog(OneEngine.BOOKS));
    one.insert(OneEngine.T + 5, 1);
  }

  @Test
  void allPhasesAreReportedAndTheRowsAreThere() throws Exception {
    open().fill();
    CdcTask task = one.engine.submit(EXISTING);
    task.awaitState(TaskState.RUNNING, OneEngine.SOON);
    awaitDone(task);
    assertThat(phases).containsExactly(Phase.WAITING, Phase.CREATING, Phase.COPYING, Phase.DONE);
    assertThat(task.status().existing().rows()).isEqualTo(1);
    assertThat(task.status().counters().inserted()).isEqualTo(1);
  }

  private void awaitDone(CdcTask task) {
    await()
        .untilAsserted(
            () -> {
              one.tickNow();
              assertThat(task.status().existing().phase()).isEqualTo(Phase.DONE);
            });
    // A tick can be older than the moment for which the wait asks, so more of them follow.
    CompletableFuture<Void> caughtUp = task.caughtUp().toCompletableFuture();
    await()
        .until(
            () -> {
              one.tickNow();
              return caughtUp.isDone();
            });
    caughtUp.join();
  }

  @Test
  void aTaskIsNotPromotedBeforeItsCopyIsComplete() throws Exception {
    open();
    fillWithoutTick();
    CdcTask task = one.engine.submit(EXISTING);
    await().until(() -> task.status().existing() != null);
    assertThatThrownBy(task::promote)
        .isInstanceOf(IllegalTaskStateException.class)
        .hasMessageContaining("has not copied all existing rows")
        .hasMessageContaining("To abandon the copy, delete the task");
    assertThat(task.state()).isEqualTo(TaskState.RUNNING);
  }

  @Test
  void aSourceThatCannotReadItsRowsRefusesTheTaskBeforeItStarts() throws Exception {
    open().source.storeNothing();
    assertThatThrownBy(() -> one.engine.submit(EXISTING))
        .isInstanceOf(ConfigException.class)
        .hasMessageContaining("Set the source's storage");
    TaskSpec flushing = TaskSpec.builder("t").startFrom(StartFrom.existing().withFlush()).build();
    assertThat(one.engine.check(flushing))
        .anyMatch(finding -> finding.message().contains("cannot read them"));
  }

  @Test
  void aPausedCopyResumesAtItsPlace() throws Exception {
    open().fill();
    CdcTask task = one.engine.submit(EXISTING);
    task.awaitState(TaskState.RUNNING, OneEngine.SOON);
    task.pause();
    one.tickNow();
    task.resume();
    awaitDone(task);
    assertThat(one.target.rounds().stream().flatMap(round -> round.events().stream())).hasSize(1);
  }
}
