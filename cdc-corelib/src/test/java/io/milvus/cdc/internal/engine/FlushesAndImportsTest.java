package io.milvus.cdc.internal.engine;

import static io.milvus.cdc.internal.engine.OneEngine.BOOKS;
import static io.milvus.cdc.internal.engine.OneEngine.SOON;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.milvus.cdc.CdcTask;
import io.milvus.cdc.Selection;
import io.milvus.cdc.TaskSpec;
import io.milvus.cdc.TaskState;
import io.milvus.cdc.catalog.CollectionEntry;
import io.milvus.cdc.catalog.DatabaseEntry;
import io.milvus.cdc.catalog.Timestamps;
import io.milvus.cdc.event.BulkImport;
import io.milvus.cdc.testkit.Entries;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

@Timeout(60)
@Execution(ExecutionMode.CONCURRENT)
class FlushesAndImportsTest {
  private static final CollectionEntry FILMS =
      Entries.collection(2, "films", OneEngine.T, "s-dml_0");

  @TempDir private Path directory;
  private OneEngine one;
  private CdcTask task;

  @BeforeEach
  void start() throws Exception {
    one = new OneEngine(directory);
    one.source.change(Entries.catalog(BOOKS, FILMS));
    task =
        one.engine.submit(
            TaskSpec.builder("t").selection(Selection.collections("default.books")).build());
    catchUp();
  }

  private void catchUp() throws Exception {
    task.awaitState(TaskState.RUNNING, SOON);
    long now = one.tickNow();
    await().until(() -> task.status().watermark().value() >= now);
  }

  @AfterEach
  void end() {
    one.close();
  }

  private long reached(String flushed) {
    return Long.parseLong(flushed.substring(flushed.indexOf('@') + 1));
  }

  @Test
  void flushComesWhenTheRowsThatWereMeantAreThere() {
    long ahead = Timestamps.of(Instant.now().plusMillis(700));
    one.source.flush(ahead, BOOKS.id());
    await()
        .until(
            () -> {
              one.tickNow();
              return !one.target.flushed().isEmpty();
            });

    assertThat(one.target.flushed()).hasSize(1);
    assertThat(reached(one.target.flushed().get(0))).isGreaterThanOrEqualTo(ahead);
  }

  @Test
  void flushOfACollectionOutsideIsLeft() {
    one.source.flush(OneEngine.T, FILMS.id());
    one.source.flush(OneEngine.T, 77);
    one.source.flush(OneEngine.T, BOOKS.id());
    await().until(() -> !one.target.flushed().isEmpty());

    assertThat(one.target.flushed()).singleElement().asString().startsWith("books@");
  }

  @Test
  void flushThatIsRefusedIsToldAndHoldsNothingUp() throws Exception {
    one.target.refuseFlushes(1);
    one.source.flush(OneEngine.T, BOOKS.id());
    await().until(() -> !task.status().limitations().isEmpty());
    assertThat(task.status().limitations()).singleElement().asString().contains("busy");

    one.insert(one.tickNow() + 1, 1);
    Thread.sleep(2);
    catchUp();
    assertThat(task.status().counters().inserted()).isEqualTo(1);
    await().atMost(SOON).until(() -> task.status().limitations().isEmpty());
    assertThat(one.target.flushed()).hasSize(2);
  }

  @Test
  void manyFlushesOfACollectionThatIsBehindAreOne() {
    long ahead = Timestamps.of(Instant.now().plusMillis(500));
    for (int i = 0; i < 100; i++) {
      one.source.flush(ahead + i, BOOKS.id());
    }
    await()
        .until(
            () -> {
              one.tickNow();
              return !one.target.flushed().isEmpty();
            });

    assertThat(one.target.flushed().size()).isLessThanOrEqualTo(2);
  }

  @Test
  void bulkImportIntoWhatIsReplicatedIsToldUntilTheCollectionIsGone() throws Exception {
    Instant now = Instant.now();
    one.source.imported(
        new BulkImport(5, BOOKS.id(), now, List.of("in/a.json")),
        new BulkImport(6, FILMS.id(), now, List.of("in/b.json")));
    await().until(() -> !task.status().limitations().isEmpty());
    assertThat(task.status().limitations())
        .singleElement()
        .asString()
        .contains("default.books", "in/a.json", now.toString());

    one.source.imported();
    task.pause();
    task.resume();
    catchUp();
    assertThat(task.status().limitations()).hasSize(1);

    one.source.change(Entries.catalog(Entries.dropped(BOOKS, one.tickNow()), FILMS));
    await()
        .until(
            () -> {
              one.tickNow();
              return task.status().limitations().isEmpty();
            });
  }

  @Test
  void propertiesOfADatabaseAreToldAsNotReplicated() throws Exception {
    DatabaseEntry shop =
        new DatabaseEntry(3, "shop", OneEngine.T, 0, Map.of("database.max.collections", "9"));
    one.source.change(Entries.catalog(shop, BOOKS));
    CdcTask all = one.engine.submit(TaskSpec.builder("u").target("other").build());
    await()
        .until(
            () -> {
              one.tickNow();
              return !all.status().limitations().isEmpty();
            });

    assertThat(all.status().limitations())
        .singleElement()
        .asString()
        .contains("shop", "database.max.collections=9");
  }
}
