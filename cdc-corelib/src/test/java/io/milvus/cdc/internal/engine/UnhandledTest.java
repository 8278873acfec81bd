package io.milvus.cdc.internal.engine;

import static io.milvus.cdc.internal.engine.OneEngine.SOON;
import static io.milvus.cdc.internal.engine.OneEngine.T;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.milvus.cdc.CdcListener;
import io.milvus.cdc.CdcTask;
import io.milvus.cdc.TaskSpec;
import io.milvus.cdc.TaskState;
import io.milvus.cdc.UnhandledPolicy;
import io.milvus.cdc.catalog.Timestamps;
import io.milvus.cdc.deadletter.DeadLetter;
import io.milvus.cdc.deadletter.DeadLetter.Reason;
import io.milvus.cdc.deadletter.DeadLetters;
import io.milvus.cdc.deadletter.FileDeadLetters;
import io.milvus.cdc.error.RetriableException;
import io.milvus.cdc.error.UnknownOutcomeException;
import io.milvus.cdc.event.DataEvent;
import io.milvus.cdc.event.SchemaEvent;
import io.milvus.cdc.rows.DeletedKeys;
import io.milvus.cdc.rows.InsertedRows;
import io.milvus.cdc.testkit.Entries;
import io.milvus.cdc.transform.EventTransform;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What a task does with messages that it cannot handle, and with those its transform changes. */
@Timeout(60)
class UnhandledTest {
  private static final byte[] NONSENSE = {-1, -1, 7};

  /** Leaves row 5 out, and throws at row 6. */
  private static final EventTransform PICKY =
      new EventTransform() {
        @Override
        public InsertedRows insert(InsertedRows rows) {
          return rows.where(
              row -> {
                if (row.key().equals(6L)) {
                  throw new IllegalStateException("no six");
                }
                return !row.key().equals(5L);
              });
        }

        @Override
        public DeletedKeys delete(DeletedKeys keys) {
          return keys;
        }
      };

  @TempDir Path directory;
  private final List<String> told = Collections.synchronizedList(new ArrayList<>());
  private FileDeadLetters letters;
  private OneEngine one;

  @BeforeEach
  void begin() {
    letters = FileDeadLetters.at(directory.resolve("letters"));
    one =
        new OneEngine(
            directory,
            new CdcListener() {
              @Override
              public void deadLettered(String task, DeadLetter letter) {
                told.add(task + " " + letter.reason());
              }
            });
    one.source.change(Entries.catalog(OneEngine.BOOKS));
  }

  @AfterEach
  void end() {
    assertThat(one.source.violations()).isEmpty();
    one.close();
  }

  private TaskSpec aside() {
    return TaskSpec.builder("t").onUnhandled(UnhandledPolicy.setAside(letters)).build();
  }

  /** Waits until a task has everything, which a later tick says. */
  private void awaitAll(CdcTask task) throws Exception {
    one.source.tick(Timestamps.of(Instant.now().plusMillis(500)), "s-dml_0");
    task.awaitCaughtUp(SOON);
  }

  private List<Long> sent() {
    return one.target.rounds().stream()
        .flatMap(round -> round.events().stream())
        .map(event -> event.timestamp() - T)
        .toList();
  }

  @Test
  void aMessageThatCannotBeDecodedIsKeptAndTheOthersAreApplied() throws Exception {
    one.insert(T + 4, 4);
    one.source.publish("s-dml_0", NONSENSE);
    one.fill();
    CdcTask task = one.engine.submit(aside());
    awaitAll(task);

    assertThat(sent()).containsExactly(4L, 5L);
    DeadLetter letter = letters.read("t").get(0);
    assertThat(letter.reason()).isEqualTo(Reason.UNDECODABLE);
    assertThat(letter.channel()).isEqualTo("s-dml_0");
    assertThat(letter.position().text()).isEqualTo("1");
    assertThat(letter.payload().bytes()).isEqualTo(NONSENSE);
    assertThat(task.status().counters().setAside()).isEqualTo(1);
    await().until(() -> told.equals(List.of("t UNDECODABLE")));
  }

  @Test
  void whatTheTargetRefusesStopsTheTaskAndIsNamed() throws Exception {
    one.target.refuse(event -> event.timestamp() == T + 5);
    one.fill();
    CdcTask task = one.engine.submit(TaskSpec.of("t"));
    task.awaitState(TaskState.FAILED, SOON);

    assertThat(task.status().reason())
        .contains("Message 0 of channel s-dml_0 (collection default.books)")
        .contains("it is not wanted")
        .contains("set such messages aside");
    assertThat(one.target.advanced()).isLessThan(T + 5);
  }

  @Test
  void whatTheTargetRefusesIsKeptAsTheSourceSentIt() throws Exception {
    one.target.refuse(event -> event.timestamp() == T + 7);
    one.source.publish("s-dml_0", twoRows(T + 7, 5, 7));
    one.fill();
    CdcTask task = one.engine.submit(aside().toBuilder().transform(PICKY).build());
    awaitAll(task);

    DeadLetter letter = letters.read("t").get(0);
    assertThat(letter.reason()).isEqualTo(Reason.REFUSED);
    assertThat(letter.collection()).isEqualTo("default.books");
    assertThat(letter.timestamp().value()).isEqualTo(T + 7);
    assertThat(letter.payload().bytes()).isEqualTo(twoRows(T + 7, 5, 7).toByteArray());
    assertThat(task.status().counters().inserted()).isEqualTo(1);
  }

  private static milvus.proto.msg.Msg.InsertRequest twoRows(long timestamp, Long... keys) {
    return io.milvus.cdc.testkit.Messages.insert(
        OneEngine.BOOKS.shards().get(0), 1, 10, timestamp, keys);
  }

  private static milvus.proto.msg.Msg.InsertRequest twoRows(long timestamp, int a, int b) {
    return twoRows(timestamp, (long) a, (long) b);
  }

  @Test
  void rowsThatTheTransformLeavesOutAreNotSentAndAreCounted() throws Exception {
    one.source.publish("s-dml_0", twoRows(T + 3, 5, 7));
    one.insert(T + 4, 5);
    one.fill();
    CdcTask task = one.engine.submit(TaskSpec.builder("t").transform(PICKY).build());
    awaitAll(task);

    List<DataEvent> events = one.target.rounds().get(0).events();
    assertThat(events).extracting(event -> event.header().rows()).containsExactly(1, 1);
    assertThat(sent()).containsExactly(3L, 5L);
    assertThat(task.status().counters().filtered()).isEqualTo(2);
    assertThat(task.status().counters().inserted()).isEqualTo(2);
  }

  @Test
  void aTransformThatThrowsStopsTheTaskBeforeAnythingOfItsRoundIsSent() throws Exception {
    one.insert(T + 6, 6);
    one.fill();
    CdcTask task = one.engine.submit(TaskSpec.builder("t").transform(PICKY).build());
    task.awaitState(TaskState.FAILED, SOON);

    assertThat(task.status().reason()).contains("default.books").contains("no six");
    assertThat(one.target.rounds()).isEmpty();
  }

  @Test
  void aTransformThatThrowsLosesNoOtherRow() throws Exception {
    one.insert(T + 6, 6);
    one.fill();
    CdcTask task = one.engine.submit(aside().toBuilder().transform(PICKY).build());
    awaitAll(task);

    assertThat(sent()).containsExactly(5L);
    assertThat(letters.read("t")).hasSize(1);
    assertThat(letters.read("t").get(0).reason()).isEqualTo(Reason.TRANSFORM_FAILED);
  }

  @Test
  void setAsideAndCutOffBeforeTheCheckpointItIsKeptOnce() throws Exception {
    one.target.failToSend(new UnknownOutcomeException("cut", ""));
    one.target.refuse(event -> event.timestamp() == T + 7);
    one.insert(T + 6, 6);
    one.insert(T + 7, 7);
    one.source.publish("s-dml_0", NONSENSE);
    one.fill();
    CdcTask task = one.engine.submit(aside().toBuilder().transform(PICKY).build());
    await().until(() -> task.status().counters().retries() == 1);
    awaitAll(task);

    assertThat(letters.read("t"))
        .extracting(DeadLetter::reason)
        .containsExactlyInAnyOrder(Reason.UNDECODABLE, Reason.TRANSFORM_FAILED, Reason.REFUSED);
    assertThat(task.status().counters().setAside()).isEqualTo(3);
    assertThat(one.target.rounds().get(0).isReplay()).isTrue();
  }

  @Test
  void whileLettersCannotBeKeptNothingPasses() throws Exception {
    AtomicBoolean full = new AtomicBoolean(true);
    DeadLetters disk =
        (task, more) -> {
          if (full.get()) {
            throw new RetriableException("the disk is full", "");
          }
          return letters.keep(task, more);
        };
    one.insert(T + 6, 6);
    one.fill();
    CdcTask task =
        one.engine.submit(
            TaskSpec.builder("t")
                .transform(PICKY)
                .onUnhandled(UnhandledPolicy.setAside(disk))
                .build());
    await().until(() -> task.status().retry() != null);

    assertThat(task.status().retry().cause()).isEqualTo("the disk is full");
    assertThat(one.target.advanced()).isLessThan(T + 5);
    full.set(false);
    awaitAll(task);
    assertThat(letters.read("t")).hasSize(1);
    assertThat(sent()).containsExactly(5L);
  }

  @Test
  void tasksThatShareAReaderSetAsideEachForItself() throws Exception {
    one.fill();
    CdcTask first = one.engine.submit(aside());
    CdcTask second =
        one.engine.submit(
            TaskSpec.builder("u")
                .target("other")
                .onUnhandled(UnhandledPolicy.setAside(letters))
                .build());
    awaitAll(first);
    awaitAll(second);
    one.source.publish("s-dml_0", NONSENSE);
    await().until(() -> letters.read("t").size() == 1 && letters.read("u").size() == 1);
    awaitAll(first);
    awaitAll(second);
  }

  @Test
  void aTransformCanHoldAChangeOfTheCatalogBack() throws Exception {
    AtomicBoolean allowed = new AtomicBoolean();
    EventTransform guard =
        new EventTransform() {
          @Override
          public void change(SchemaEvent event) {
            if (event instanceof SchemaEvent.DropCollection && !allowed.get()) {
              throw new IllegalStateException("ask first");
            }
          }
        };
    one.fill();
    CdcTask task = one.engine.submit(aside().toBuilder().transform(guard).build());
    await().until(() -> one.target.rounds().size() == 1);
    one.source.change(Entries.catalog(Entries.dropped(OneEngine.BOOKS, one.tickNow() + 1)));
    one.tickNow();
    task.awaitState(TaskState.FAILED, SOON);
    assertThat(task.status().reason()).contains("ask first");
    assertThat(one.target.applied()).hasSize(1);

    allowed.set(true);
    task.resume();
    await().until(() -> one.target.applied().size() == 2);
  }
}
