package io.milvus.cdc.internal.engine;

import static io.milvus.cdc.internal.engine.OneEngine.BOOKS;
import static io.milvus.cdc.internal.engine.OneEngine.SOON;
import static io.milvus.cdc.internal.engine.OneEngine.T;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.milvus.cdc.CdcTask;
import io.milvus.cdc.TaskSpec;
import io.milvus.cdc.TaskState;
import io.milvus.cdc.catalog.CollectionEntry;
import io.milvus.cdc.catalog.PartitionEntry;
import io.milvus.cdc.catalog.Timestamps;
import io.milvus.cdc.targets.milvus.MilvusTarget;
import io.milvus.cdc.testkit.Entries;
import io.milvus.cdc.testkit.FakeMilvus;
import io.milvus.cdc.testkit.Fault;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Collections;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
class EarlyCreationTest {
  private static final CollectionEntry LATE = Entries.collection(2, "late", T + 900, "s-dml_1");
  @TempDir Path directory;
  private final FakeMilvus milvus = new FakeMilvus();
  private OneEngine one;

  @BeforeEach
  void begin() {
    one = new OneEngine(directory, MilvusTarget.builder().uri(milvus.uri()).build());
  }

  @AfterEach
  void end() {
    one.close();
    milvus.close();
  }

  private CdcTask running() throws Exception {
    CdcTask task = one.engine.submit(TaskSpec.builder("t").target("milvus").build());
    task.awaitState(TaskState.RUNNING, SOON);
    return task;
  }

  /** Books is there, and its channel stands right before the birth of the other collection. */
  private CdcTask live() throws Exception {
    one.source.change(Entries.catalog(BOOKS));
    one.source.tick(T + 500, "s-dml_0");
    CdcTask task = running();
    await().until(() -> task.status().watermark().value() >= T + 500);
    return task;
  }

  private long made(String method) {
    return milvus.calls().stream().filter(method::equals).count();
  }

  @Test
  void aCollectionAndAPartitionAreThereBeforeTheTickBehindThem() throws Exception {
    CdcTask task = live();
    CollectionEntry more = BOOKS.with(new PartitionEntry(19, "more", T + 800, 0));
    one.source.change(Entries.catalog(more, LATE));

    await().until(() -> milvus.catalog().find("default", "late") != null);
    await().until(() -> milvus.catalog().get("default", "books").partitions().containsKey("more"));
    assertThat(task.status().watermark().value()).isEqualTo(T + 500);
    assertThat(milvus.rows().ticks().values()).allMatch(tick -> tick <= T + 500);
  }

  @Test
  void whatWasCreatedEarlyAndDroppedBeforeItsTurnIsDropped() throws Exception {
    CdcTask task = live();
    one.source.change(Entries.catalog(BOOKS, LATE));
    await().until(() -> milvus.catalog().find("default", "late") != null);
    task.pause();
    task.awaitState(TaskState.PAUSED, SOON);
    one.source.change(Entries.catalog(BOOKS, Entries.dropped(LATE, T + 1000)));
    task.resume();
    one.source.tick(T + 2000, "s-dml_0", "s-dml_1");

    await().until(() -> milvus.catalog().find("default", "late") == null);
    await().until(() -> task.status().watermark().value() >= T + 2000);
  }

  @Test
  void aCollectionThatIsRefusedHoldsNoOlderRowsBack() throws Exception {
    CdcTask task = live();
    milvus.fail(
        "CreateCollection",
        Collections.nCopies(100, Fault.code(65535, "no")).toArray(Fault[]::new));
    one.source.change(Entries.catalog(BOOKS, LATE));
    one.insert(T + 600, 1);
    one.source.tick(T + 700, "s-dml_0");

    await().until(() -> task.status().counters().inserted() == 1);
    assertThat(task.status().state()).isEqualTo(TaskState.RUNNING);
    one.source.tick(Timestamps.of(Instant.now()), "s-dml_0", "s-dml_1");
    await().until(() -> task.status().state() == TaskState.RETRYING);
    assertThat(String.valueOf(task.status().retry())).contains("create collection default.late");
  }

  @Test
  void aRefusedCollectionThatTheSourceDropsIsForgotten() throws Exception {
    CdcTask task = live();
    milvus.fail(
        "CreateCollection",
        Collections.nCopies(1000, Fault.code(65535, "no")).toArray(Fault[]::new));
    one.source.change(Entries.catalog(BOOKS, LATE));
    one.source.tick(T + 900, "s-dml_0", "s-dml_1");
    await().until(() -> task.status().state() == TaskState.RETRYING);
    one.source.change(Entries.catalog(BOOKS, Entries.dropped(LATE, T + 1000)));
    one.insert(T + 1500, 1);
    one.source.tick(T + 2000, "s-dml_0", "s-dml_1");

    await().until(() -> task.status().counters().inserted() == 1);
    await().until(() -> task.status().watermark().value() >= T + 2000);
  }

  @Test
  void manyCollectionsAreListedTogetherAndCreatedOnceEach() throws Exception {
    Object[] many = new Object[200];
    for (int i = 0; i < many.length; i++) {
      many[i] = Entries.collection(100 + i, "c" + i, T + i, "s-dml_0");
    }
    one.source.change(Entries.catalog(many));
    one.source.tick(T + 1000, "s-dml_0");
    CdcTask task = running();

    await().until(() -> milvus.catalog().collections().size() == many.length);
    await().until(() -> task.status().watermark().value() >= T + 1000);
    assertThat(made("CreateCollection")).isEqualTo(many.length);
  }
}
