package io.milvus.cdc.internal.engine;

import static io.milvus.cdc.internal.engine.OneEngine.SOON;
import static io.milvus.cdc.internal.engine.OneEngine.T;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.milvus.cdc.CdcTask;
import io.milvus.cdc.Selection;
import io.milvus.cdc.TaskSpec;
import io.milvus.cdc.TaskState;
import io.milvus.cdc.TaskStatus;
import io.milvus.cdc.catalog.AliasEntry;
import io.milvus.cdc.catalog.AliasName;
import io.milvus.cdc.catalog.CollectionEntry;
import io.milvus.cdc.catalog.DatabaseEntry;
import io.milvus.cdc.catalog.Timestamps;
import io.milvus.cdc.error.ConfigException;
import io.milvus.cdc.error.IllegalTaskStateException;
import io.milvus.cdc.error.RetriableException;
import io.milvus.cdc.error.SourceException;
import io.milvus.cdc.event.SchemaEvent;
import io.milvus.cdc.internal.checkpoint.CheckpointStore;
import io.milvus.cdc.testkit.Entries;
import io.milvus.cdc.testkit.Messages;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Collections;
import java.util.concurrent.TimeoutException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

@Timeout(60)
@Execution(ExecutionMode.CONCURRENT)
class EngineTest {
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

  private CdcTask running() throws Exception {
    CdcTask task = one.engine.submit(TaskSpec.of("t"));
    task.awaitState(TaskState.RUNNING, SOON);
    return task;
  }

  /** Ticks until the task says that it has caught up. */
  private void catchUp(CdcTask task) throws Exception {
    // A tick covers a millisecond that has not come: what was complete before a pause must not do.
    Thread.sleep(2);
    long deadline = System.nanoTime() + SOON.toNanos();
    while (true) {
      try {
        one.tickNow();
        task.awaitCaughtUp(Duration.ofMillis(1));
        return;
      } catch (TimeoutException e) {
        if (System.nanoTime() > deadline) {
          throw e;
        }
      }
    }
  }

  @Test
  void aTaskWhoseTargetWasNeverUpDoesNotSayThatItDoesNotLag() throws Exception {
    one.fill();
    one.target.failToOpen(faults(1000));
    CdcTask task = one.engine.submit(TaskSpec.of("t"));
    task.awaitState(TaskState.RETRYING, SOON);

    assertThat(task.status().lag()).isNull();

    one.target.recover();
    catchUp(task);
    assertThat(task.status().lag()).isNotNull();
  }

  @Test
  void aTaskOfAnEarlierProcessLagsSinceThenWhileItsTargetIsAway() throws Exception {
    one.fill();
    CdcTask task = running();
    catchUp(task);
    one.engine.close();
    Instant stopped = Instant.now();
    try (OneEngine next = new OneEngine(directory, one.store)) {
      next.target.failToOpen(faults(1000));
      next.stoppedAt = stopped.plusSeconds(3600);
      CdcTask resubmitted = next.engine.submit(TaskSpec.of("t"));

      assertThat(resubmitted.status().lag()).isGreaterThan(Duration.ofMinutes(59));
    }
  }

  private static RetriableException[] faults(int number) {
    return Collections.nCopies(number, new RetriableException("away", ""))
        .toArray(RetriableException[]::new);
  }

  @Test
  void aChannelThatComesWithItsFirstCollectionIsRead() throws Exception {
    CdcTask task = running();
    CollectionEntry late = Entries.collection(2, "late", T, "s-dml_7");
    long partition = late.partitions().keySet().iterator().next();
    one.source.addChannel("s-dml_7");
    one.source.publish(
        "s-dml_7", Messages.insert(late.shards().get(0), late.id(), partition, T + 5, 1L));
    one.source.change(Entries.catalog(late));
    one.source.tick(Timestamps.of(Instant.now()), "s-dml_7");
    await().until(() -> one.target.rounds().size() == 1);
    await().until(() -> task.status().counters().inserted() == 1);
    assertThat(one.source.opened()).isEqualTo(1);
    await().until(() -> one.source.acknowledged("s-dml_7") > 0);
  }

  @Test
  void aTaskBringsWhatTheSourceHas() throws Exception {
    one.fill();
    CdcTask task = running();
    await().until(() -> one.target.rounds().size() == 1);

    assertThat(one.target.applied())
        .hasSize(1)
        .first()
        .isInstanceOf(SchemaEvent.CreateCollection.class);
    assertThat(one.target.rounds().get(0).events()).hasSize(1);
    await().until(() -> one.target.advanced() > T + 5);
    await().until(() -> task.status().watermark().value() > T + 5);
    assertThat(task.status().counters().inserted()).isEqualTo(1);
    assertThat(task.status().counters().schemaChanges()).isEqualTo(1);
    assertThat(task.status().channels())
        .extracting("channel")
        .containsExactly("s-dml_0", "s-dml_1");
  }

  @Test
  void waitingForCaughtUpReturnsWhenTheTicksReachThatMoment() throws Exception {
    one.fill();
    CdcTask task = running();
    long before = System.currentTimeMillis();
    Thread ticking =
        new Thread(
            () -> {
              while (!Thread.currentThread().isInterrupted()) {
                one.tickNow();
                Thread.onSpinWait();
                if (System.currentTimeMillis() > before + 20_000) {
                  return;
                }
                java.util.concurrent.locks.LockSupport.parkNanos(20_000_000);
              }
            });
    ticking.start();
    task.awaitCaughtUp(SOON);
    ticking.interrupt();
    ticking.join();

    assertThat(io.milvus.cdc.catalog.Timestamps.millis(task.status().watermark().value()))
        .isGreaterThanOrEqualTo(before);
  }

  @Test
  void caughtUpIncludesAllOfTheMillisecondInWhichItIsAsked() throws Exception {
    Instant now = Instant.now();
    one.stoppedAt = now;
    one.source.change(Entries.catalog(OneEngine.BOOKS));
    CdcTask task = running();
    one.source.tick(Timestamps.of(now), "s-dml_0");
    await().until(() -> task.status().watermark().value() == Timestamps.of(now));
    one.insert(Timestamps.of(now) + 1, 7);

    assertThatThrownBy(() -> task.awaitCaughtUp(Duration.ofMillis(50)))
        .isInstanceOf(TimeoutException.class);

    one.source.tick(Timestamps.of(now.plusMillis(1)), "s-dml_0");
    task.awaitCaughtUp(SOON);
    assertThat(task.status().counters().inserted()).isEqualTo(1);
  }

  @Test
  void anEmptySourceIsCaughtUpAtOnce() throws Exception {
    running().awaitCaughtUp(SOON);
  }

  @Test
  void anEmptyDatabaseNeedsNoTickToBeCaughtUp() throws Exception {
    CollectionEntry last = Entries.collection(1, "last", T, "s-dml_0");
    one.source.change(Entries.catalog(last));
    CdcTask task = running();
    one.source.tick(T + 10, "s-dml_0");
    await().until(() -> task.status().watermark().value() >= T + 10);

    // Milvus stops ticking soon after its last collection is gone; its drop message comes after
    // the catalog says so.
    one.source.change(
        Entries.catalog(Entries.dropped(last, T + 20), new DatabaseEntry(9, "empty", T + 5000, 0)));
    one.source.publish("s-dml_0", Messages.drop(last.id(), T + 20));

    task.awaitCaughtUp(SOON);
    assertThat(one.target.applied()).last().isInstanceOf(SchemaEvent.CreateDatabase.class);
  }

  @Test
  void waitingForCaughtUpTimesOutAndSaysWhere() throws Exception {
    one.fill();
    CdcTask task = running();

    assertThatThrownBy(() -> task.awaitCaughtUp(Duration.ofMillis(50)))
        .isInstanceOf(TimeoutException.class)
        .hasMessageContaining("t");
  }

  @Test
  void waitingForCaughtUpEndsWhenTheTaskIsStopped() throws Exception {
    one.fill();
    CdcTask task = running();
    task.pause();

    assertThatThrownBy(() -> task.awaitCaughtUp(Duration.ofDays(1)))
        .isInstanceOf(IllegalTaskStateException.class);
  }

  @Test
  void pausingTwiceAndResumingTwiceIsTheSameAsOnce() throws Exception {
    CdcTask task = running();
    task.pause();
    task.pause();
    assertThat(task.state()).isEqualTo(TaskState.PAUSED);
    assertThat(task.status().channels()).isEmpty();
    task.resume();
    task.resume();
    task.awaitState(TaskState.RUNNING, SOON);

    assertThat(one.source.opened()).isEqualTo(2);
  }

  @Test
  void whatWasWrittenDuringAPauseComesAfterIt() throws Exception {
    one.fill();
    CdcTask task = running();
    catchUp(task);
    task.pause();
    one.insert(one.tickNow() + 1, 2);
    task.resume();
    catchUp(task);

    assertThat(one.target.rounds()).hasSize(2);
    assertThat(one.target.rounds().get(1).events()).hasSize(1);
    assertThat(one.target.rounds().get(1).isReplay()).isFalse();
    assertThat(one.target.applied()).hasSize(1);
  }

  @Test
  void whatHoldsNoRowsIsMadeAgainAtEveryStart() throws Exception {
    one.fill();
    AliasEntry alias = new AliasEntry(new AliasName(1, "current"), OneEngine.BOOKS.id(), T + 1, 0);
    DatabaseEntry empty = new DatabaseEntry(9, "empty", T + 2, 0);
    one.source.change(Entries.catalog(OneEngine.BOOKS, alias, empty));
    CdcTask task = running();
    catchUp(task);
    task.pause();
    int before = one.target.applied().size();
    task.resume();
    catchUp(task);

    assertThat(one.target.applied().subList(before, one.target.applied().size()))
        .hasExactlyElementsOfTypes(SchemaEvent.CreateDatabase.class, SchemaEvent.SetAlias.class);
  }

  @Test
  void aDeletedTaskLeavesNothingBehind() throws Exception {
    CdcTask task = running();
    await().until(() -> one.store.tasks().size() == 1);
    task.delete();
    task.delete();

    assertThat(task.state()).isEqualTo(TaskState.DELETED);
    assertThat(one.store.tasks()).isEmpty();
    assertThat(one.source.forgotten()).contains("t");
    task.resume();
    assertThat(task.state()).isEqualTo(TaskState.DELETED);
  }

  @Test
  void deletingTheOldHandleLeavesANewTaskOfTheSameIdAlone() throws Exception {
    CdcTask old = running();
    old.delete();
    CdcTask task = running();
    await().until(() -> one.store.tasks().size() == 1);
    old.delete();

    assertThat(task.state()).isEqualTo(TaskState.RUNNING);
    assertThat(one.store.tasks()).containsExactly("t");
  }

  @Test
  void twoTasksOfOneIdAreRefused() throws Exception {
    running();

    assertThatThrownBy(() -> one.engine.submit(TaskSpec.of("t")))
        .isInstanceOf(ConfigException.class)
        .hasMessageContaining("'t'");
    assertThat(one.engine.tasks()).hasSize(1);
  }

  @Test
  void aTaskThatAnotherEngineRunsIsRefused() throws Exception {
    running();
    try (OneEngine other = new OneEngine(directory, one.store)) {
      assertThatThrownBy(() -> other.engine.submit(TaskSpec.of("t")))
          .isInstanceOf(ConfigException.class);
      assertThat(other.engine.task("t")).isEmpty();
    }
  }

  @Test
  void closingKeepsTheCheckpointAndFreesTheTask() throws Exception {
    one.fill();
    CdcTask task = running();
    catchUp(task);
    CheckpointStore store = one.store;
    one.engine.close();
    one.engine.close();

    assertThat(task.state()).isEqualTo(TaskState.CLOSED);
    assertThat(one.target.closed()).isEqualTo(1);
    assertThat(store.tasks()).containsExactly("t");
    store.claim("t").close();
    assertThatThrownBy(() -> one.engine.submit(TaskSpec.of("u")))
        .isInstanceOf(IllegalTaskStateException.class);
  }

  @Test
  void aClosedTaskStaysClosed() throws Exception {
    CdcTask task = running();
    one.engine.close();
    task.pause();
    task.resume();
    task.delete();

    assertThat(task.state()).isEqualTo(TaskState.CLOSED);
    assertThat(one.source.forgotten()).isEmpty();
  }

  @Test
  void pausingBeforeTheConnectionStandsIsFine() throws Exception {
    CdcTask task = one.engine.submit(TaskSpec.of("t"));
    task.pause();

    assertThat(task.state()).isEqualTo(TaskState.PAUSED);
    task.resume();
    task.awaitState(TaskState.RUNNING, SOON);
  }

  @Test
  void oneTaskThatFailsDoesNotTouchAnother() throws Exception {
    CdcTask good = running();
    one.source.failToOpen(new SourceException("broken for good", ""));
    CdcTask bad = one.engine.submit(TaskSpec.builder("bad").target("other").build());
    bad.awaitState(TaskState.FAILED, SOON);

    assertThat(good.state()).isEqualTo(TaskState.RUNNING);
    good.awaitCaughtUp(SOON);
  }

  @Test
  void aTaskFromTheStoreShowsItsWatermarkBeforeItIsConnected() throws Exception {
    one.fill();
    CdcTask task = running();
    catchUp(task);
    one.engine.close();
    long reached = task.status().watermark().value();
    try (OneEngine next = new OneEngine(directory, one.store)) {
      next.source.failToOpen(
          new RetriableException("away", ""), new RetriableException("away", ""));
      TaskStatus status = next.engine.submit(TaskSpec.of("t")).status();

      assertThat(status.watermark().value()).isPositive().isLessThanOrEqualTo(reached);
    }
  }

  @Test
  void aCollectionThatIsRenamedIntoTheSelectionLaterIsToldAndNotTaken() throws Exception {
    CollectionEntry other = Entries.collection(2, "other", T, "s-dml_0");
    one.source.change(Entries.catalog(OneEngine.BOOKS, other));
    CdcTask task =
        one.engine.submit(
            TaskSpec.builder("t")
                .selection(Selection.collections("default.books", "default.tomes"))
                .build());
    task.awaitState(TaskState.RUNNING, SOON);
    catchUp(task);
    assertThat(task.status().limitations()).isEmpty();

    long later = Timestamps.of(Instant.now());
    one.source.change(
        Entries.catalog(OneEngine.BOOKS, Entries.renamed(other, later, Entries.DEFAULT, "tomes")));
    await().until(() -> !task.status().limitations().isEmpty());

    assertThat(task.status().limitations()).first().asString().contains("default.tomes");
    assertThat(one.target.applied()).hasSize(1);
  }

  @Test
  void aCollectionThatIsRenamedOutOfTheSelectionIsFollowed() throws Exception {
    one.source.change(Entries.catalog(OneEngine.BOOKS));
    CdcTask task =
        one.engine.submit(
            TaskSpec.builder("t").selection(Selection.collections("default.books")).build());
    catchUp(task);
    long later = one.tickNow();
    one.source.change(
        Entries.catalog(Entries.renamed(OneEngine.BOOKS, later, Entries.DEFAULT, "tomes")));
    one.insert(Timestamps.plusMillis(later, 1), 1);
    await()
        .until(
            () -> {
              one.tickNow();
              return task.status().counters().inserted() == 1;
            });

    assertThat(one.target.applied())
        .last()
        .isInstanceOfSatisfying(
            SchemaEvent.RenameCollection.class,
            rename -> assertThat(rename.naming().name()).isEqualTo("tomes"));
  }
}
