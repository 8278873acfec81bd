package io.milvus.cdc.internal.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.milvus.cdc.CdcTask;
import io.milvus.cdc.ExistingStatus.Phase;
import io.milvus.cdc.Selection;
import io.milvus.cdc.StartFrom;
import io.milvus.cdc.TaskSpec;
import io.milvus.cdc.TaskState;
import io.milvus.cdc.error.ConfigException;
import io.milvus.cdc.error.IllegalTaskStateException;
import io.milvus.cdc.error.PositionExpiredException;
import io.milvus.cdc.error.PromotedException;
import io.milvus.cdc.event.BulkImport;
import io.milvus.cdc.event.SchemaEvent;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A user's view of collections that a task copies again. */
@Timeout(60)
class ResyncTest {
  private static final Selection BOOKS = Selection.collections("default.books");

  @TempDir private Path directory;

  private OneEngine one;
  private CdcTask task;

  @BeforeEach
  void replicate() throws Exception {
    one = new OneEngine(directory);
    one.fill();
    task = one.engine.submit(TaskSpec.of("t"));
    awaitCaughtUp();
  }

  @AfterEach
  void close() {
    one.close();
  }

  private void awaitCaughtUp() {
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
  void aCollectionIsDroppedAndCreatedAgainWithAllItsRows() throws Exception {
    one.insert(OneEngine.T + 9, 2);
    task.resync(BOOKS, StartFrom.existing());
    awaitCaughtUp();
    assertThat(task.status().existing().phase()).isEqualTo(Phase.DONE);
    assertThat(task.status().existing().rows()).isEqualTo(2);
    assertThat(changes()).containsExactly("CreateCollection", "DropCollection", "CreateCollection");
    long copied = task.status().counters().inserted();
    one.insert(Math.max(one.tickNow(), task.status().existing().cut().value()) + 1, 3);
    await()
        .untilAsserted(
            () -> {
              one.tickNow();
              assertThat(task.status().counters().inserted()).isEqualTo(copied + 1);
            });
  }

  private List<String> changes() {
    return one.target.applied().stream()
        .map(SchemaEvent::getClass)
        .map(Class::getSimpleName)
        .toList();
  }

  @Test
  void aTaskWhoseMessagesAreLostStartsOverInOneOrder() throws Exception {
    task.pause();
    one.insert(OneEngine.T + 9, 2);
    one.tickNow();
    one.source.forgetAll();
    task.resume();
    task.termination().toCompletableFuture().join();
    assertThat(task.status().failure()).isInstanceOf(PositionExpiredException.class);
    assertThat(task.status().reason()).contains("resync everything");
    assertThatThrownBy(() -> task.resync(BOOKS, StartFrom.existing()))
        .isInstanceOf(IllegalTaskStateException.class)
        .hasMessageContaining("Resync everything");
    task.resync(Selection.everything(), StartFrom.existing());
    awaitCaughtUp();
    assertThat(task.state()).isEqualTo(TaskState.RUNNING);
    assertThat(task.status().existing().rows()).isEqualTo(2);
    assertThat(changes()).containsExactly("CreateCollection", "DropCollection", "CreateCollection");
    assertThat(one.source.violations()).isEmpty();
  }

  @Test
  void rowsOfABulkImportAreNoLongerMissedAfterTheCopy() throws Exception {
    one.source.imported(new BulkImport(5, 1, Instant.now(), List.of("in/a.json")));
    await().until(() -> !task.status().limitations().isEmpty());
    assertThat(task.status().limitations())
        .singleElement()
        .asString()
        .contains("Resync the collection default.books");
    task.resync(BOOKS, StartFrom.existing());
    awaitCaughtUp();
    await().until(() -> task.status().limitations().isEmpty());
    task.pause();
    task.resume();
    awaitCaughtUp();
    assertThat(task.status().limitations()).isEmpty();
  }

  @Test
  void callersThatWaitSeeTheEndOfTheCopyAndNotAnEarlierOne() throws Exception {
    task.resync(BOOKS, StartFrom.existing());
    CompletableFuture<Void> caughtUp = task.caughtUp().toCompletableFuture();
    await()
        .untilAsserted(
            () -> {
              one.tickNow();
              assertThat(caughtUp).isDone();
            });
    assertThat(task.status().existing().phase()).isEqualTo(Phase.DONE);
  }

  @Test
  void namesThatTheTaskDoesNotReplicateAreRefusedAndTheTaskRunsOn() {
    assertThatThrownBy(
            () -> task.resync(Selection.collections("default.none"), StartFrom.existing()))
        .isInstanceOf(ConfigException.class)
        .hasMessageContaining("replicates no collection that default.none selects");
    assertThat(task.state()).isEqualTo(TaskState.RUNNING);
  }

  @Test
  void aSourceThatCannotReadItsRowsRefusesTheOrder() {
    one.source.storeNothing();
    assertThatThrownBy(() -> task.resync(BOOKS, StartFrom.existing()))
        .isInstanceOf(ConfigException.class)
        .hasMessageContaining("Set the source's storage");
    assertThat(task.state()).isEqualTo(TaskState.RUNNING);
  }

  @Test
  void anotherOrderIsRefusedDuringACopyUnlessItIsForEverything() throws Exception {
    task.resync(BOOKS, StartFrom.existing());
    assertThatThrownBy(() -> task.resync(BOOKS, StartFrom.existing()))
        .isInstanceOf(IllegalTaskStateException.class)
        .hasMessageContaining("copying existing rows already");
    task.resync(Selection.everything(), StartFrom.existing());
    awaitCaughtUp();
    assertThat(task.status().existing().rows()).isEqualTo(1);
  }

  @Test
  void aPromotedTargetIsNotCopiedToAgain() throws Exception {
    task.promote();
    assertThatThrownBy(() -> task.resync(BOOKS, StartFrom.existing()))
        .isInstanceOf(PromotedException.class)
        .hasMessageContaining("Demote the task first");
  }

  @Test
  void anIncompleteTargetIsPromotedOnlyIfTheCallerSaysSo() throws Exception {
    task.resync(BOOKS, StartFrom.existing());
    assertThatThrownBy(task::promote).isInstanceOf(IllegalTaskStateException.class);
    assertThat(task.promoteIncomplete().writable()).isTrue();
    assertThat(task.state()).isEqualTo(TaskState.PROMOTED);
  }
}
