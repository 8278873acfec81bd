package io.milvus.cdc.examples.e2e.rows;

import static org.assertj.core.api.Assertions.assertThat;

import io.milvus.cdc.CdcEngine;
import io.milvus.cdc.CdcTask;
import io.milvus.cdc.TaskState;
import io.milvus.cdc.compare.Verdict;
import io.milvus.cdc.examples.e2e.bench.Bench;
import io.milvus.cdc.examples.e2e.bench.OneBench;
import io.milvus.cdc.examples.e2e.bench.Table;
import io.milvus.cdc.examples.testbed.client.MilvusClient;
import io.milvus.cdc.examples.testbed.client.MilvusCollection;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** A task begins by making the target complete, whatever there was before. */
@ExtendWith(OneBench.class)
@Timeout(300)
class CompleteStartE2E {
  private static final Duration SOON = Duration.ofSeconds(60);
  private static final Map<String, String> FLAT =
      Map.of("index_type", "FLAT", "metric_type", "L2", "params", "{}");

  private Bench bench;
  private MilvusClient source;
  private String database;
  private CdcEngine engine;
  private CdcTask task;

  @TempDir private Path state;

  @BeforeEach
  void open(Bench corner) {
    bench = corner;
    source = bench.sourceClient();
    database = bench.database("a");
    engine = bench.engine(state);
  }

  @AfterEach
  void close() throws Exception {
    bench.cleanUp(task);
    engine.close();
  }

  private void submit() throws Exception {
    task = engine.submit(bench.spec());
    task.awaitState(TaskState.RUNNING, SOON);
    task.awaitCaughtUp(SOON);
  }

  private MilvusCollection onTarget(String collection) {
    return bench.targetClient().collection(database, collection);
  }

  private void assertEqual() throws Exception {
    Verdict verdict = bench.compare(task, SOON);
    assertThat(verdict.equal()).as(verdict.table()).isTrue();
  }

  @Test
  void allThatTheSourceHasIsThere() throws Exception {
    String empty = bench.database("b");
    Table books = Table.create(source, database, "books", 2);
    books.collection().createPartition("old");
    books.collection().createAlias("current");
    books.collection().serving().createIndex("v", "flat", FLAT);
    books.insert(0, 1_000, "row");
    books.insert("old", 1_000, 1_500, "row");
    books.collection().serving().startLoad();
    Table.create(source, database, "films", 1).insert(0, 500, "row");
    submit();

    assertThat(bench.targetClient().databases()).contains(database, empty);
    assertThat(onTarget("current").describe().getSchema().getName()).isEqualTo("books");
    assertEqual();
  }

  @Test
  void anAliasAndADatabaseThatSomebodyRemovedFromTheTargetComeBack() throws Exception {
    String empty = bench.database("b");
    Table books = Table.create(source, database, "books", 1);
    books.collection().createAlias("current");
    books.insert(0, 100, "row");
    submit();
    task.pause();
    onTarget("books").dropAlias("current");
    bench.targetClient().dropDatabase(empty);
    task.resume();
    task.awaitCaughtUp(SOON);

    assertThat(bench.targetClient().databases()).contains(empty);
    assertThat(onTarget("current").describe().getSchema().getName()).isEqualTo("books");
    assertEqual();
  }

  @Test
  void anotherCollectionOfTheSameNameStopsTheTaskAndItTellsTheDifference() throws Exception {
    bench.targetClient().createDatabase(database);
    Table.createByHand(bench.targetClient(), database, "books", true);
    Table.create(source, database, "books", 1).insert(0, 100, "row");
    task = engine.submit(bench.spec());
    task.awaitState(TaskState.FAILED, SOON);

    assertThat(task.status().reason())
        .contains(database + ".books", "field more is only on the target", "Drop or rename it");
    bench.targetClient().drop(database, "books");
    task.resume();
    assertEqual();
  }
}
