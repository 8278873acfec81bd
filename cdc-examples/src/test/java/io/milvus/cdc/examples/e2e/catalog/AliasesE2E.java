package io.milvus.cdc.examples.e2e.catalog;

import static org.assertj.core.api.Assertions.assertThat;

import io.milvus.cdc.CdcEngine;
import io.milvus.cdc.CdcTask;
import io.milvus.cdc.TaskState;
import io.milvus.cdc.compare.Verdict;
import io.milvus.cdc.examples.e2e.bench.Bench;
import io.milvus.cdc.examples.e2e.bench.MirrorProcess;
import io.milvus.cdc.examples.e2e.bench.Table;
import io.milvus.cdc.examples.testbed.client.MilvusClient;
import io.milvus.cdc.examples.testbed.client.MilvusCollection;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Which collection an alias leads to on the target. */
class AliasesE2E {
  private static final Duration SOON = Duration.ofMinutes(1);

  private Bench bench;
  private CdcEngine engine;
  private CdcTask task;
  private MilvusClient source;
  private String database;
  private MilvusCollection books;
  private MilvusCollection films;

  @TempDir private Path state;

  @BeforeEach
  void open() {
    bench = Bench.open("aliases");
    source = bench.sourceClient();
    database = bench.database("a");
    books = Table.create(source, database, "books", 1).collection();
    films = Table.create(source, database, "films", 2).collection();
  }

  @AfterEach
  void close() throws Exception {
    bench.cleanUp(task);
    engine.close();
    bench.close();
  }

  private void submit() throws Exception {
    engine = bench.engine(state);
    task = engine.submit(bench.spec());
    task.awaitState(TaskState.RUNNING, SOON);
    task.awaitCaughtUp(SOON);
  }

  /** The name of the collection that an alias leads to on the target. */
  private String behind(String alias) throws Exception {
    task.awaitCaughtUp(SOON);
    return bench.targetClient().collection(database, alias).describe().getSchema().getName();
  }

  private void assertEqual() throws Exception {
    Verdict verdict = bench.compare(task, SOON);
    assertThat(verdict.equal()).as(verdict.table()).isTrue();
  }

  @Test
  void aliasMadeBeforeTheTaskArrivesAndMovesAndEnds() throws Exception {
    books.createAlias("current");
    submit();
    assertThat(behind("current")).isEqualTo("books");

    // Rows that were written by the alias belong to the collection behind it.
    new Table(source.collection(database, "current")).insert(0, 500, "by alias");
    films.takeAlias("current");
    new Table(source.collection(database, "current")).insert(500, 1_000, "by alias");
    assertThat(behind("current")).isEqualTo("films");
    assertEqual();

    films.dropAlias("current");
    task.awaitCaughtUp(SOON);
    assertThat(bench.targetClient().collection(database, "films").describe().getAliasesList())
        .isEmpty();
  }

  @Test
  void nameOfADroppedAliasIsFreeForACollection() throws Exception {
    books.createAlias("current");
    submit();
    task.pause();
    books.dropAlias("current");
    Table.create(source, database, "current", 1).insert(0, 500, "row");
    books.createAlias("another");
    task.resume();
    assertThat(behind("another")).isEqualTo("books");
    assertThat(behind("current")).isEqualTo("current");
    assertEqual();
  }

  @Test
  void aliasOutlivesItsCollection() throws Exception {
    books.createAlias("current");
    submit();
    task.pause();
    source.drop(database, "books");
    films.takeAlias("current");
    task.resume();
    assertThat(behind("current")).isEqualTo("films");
    assertEqual();
  }

  @Test
  void killedAroundAliasesTheProcessEndsEqual() throws Exception {
    books.createAlias("current");
    Path log = state.resolve("mirror.log");
    for (int life = 0; life < 4; life++) {
      try (MirrorProcess mirror = bench.mirror(state, log)) {
        mirror.awaitOutput("state=RUNNING", SOON);
        (life % 2 == 0 ? films : books).takeAlias("current");
        books.createAlias("life_" + life);
        new Table(books).insert(life * 100, life * 100 + 100, "row");
        Thread.sleep(150L * life);
      }
    }
    submit();
    assertThat(behind("current")).isEqualTo("books");
    assertThat(behind("life_3")).isEqualTo("books");
    assertEqual();
  }
}
