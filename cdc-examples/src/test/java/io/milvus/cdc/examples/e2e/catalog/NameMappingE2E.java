package io.milvus.cdc.examples.e2e.catalog;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.milvus.cdc.CdcEngine;
import io.milvus.cdc.CdcTask;
import io.milvus.cdc.NameMapping;
import io.milvus.cdc.TaskSpec;
import io.milvus.cdc.TaskState;
import io.milvus.cdc.compare.Verdict;
import io.milvus.cdc.error.ConfigException;
import io.milvus.cdc.examples.e2e.bench.Bench;
import io.milvus.cdc.examples.e2e.bench.MirrorProcess;
import io.milvus.cdc.examples.e2e.bench.OneBench;
import io.milvus.cdc.examples.e2e.bench.Table;
import io.milvus.cdc.examples.testbed.client.MilvusClient;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** Databases and collections that are called otherwise on the target. */
@ExtendWith(OneBench.class)
@Timeout(300)
class NameMappingE2E {
  private static final Duration SOON = Duration.ofSeconds(60);
  private static final Map<String, String> FLAT =
      Map.of("index_type", "FLAT", "metric_type", "L2", "params", "{}");

  private Bench bench;
  private MilvusClient source;
  private String database;
  private String copy;
  private String archive;
  private CdcEngine engine;
  private CdcTask task;
  private TaskSpec spec;

  @TempDir private Path state;

  @BeforeEach
  void open(Bench corner) {
    bench = corner;
    source = bench.sourceClient();
    database = bench.database("a");
    copy = database + "_copy";
    archive = database + "_archive";
    engine = bench.engine(state);
    spec =
        bench.spec().toBuilder()
            .names(
                NameMapping.none()
                    .database(database, copy)
                    .collection(database + ".old", archive + ".books"))
            .build();
  }

  @AfterEach
  void close() throws Exception {
    bench.cleanUp(task);
    engine.close();
    bench.targetClient().dropDatabaseWithCollections(archive);
  }

  private void submit() throws Exception {
    task = engine.submit(spec);
    task.awaitState(TaskState.RUNNING, SOON);
  }

  private void assertEqual() throws Exception {
    Verdict verdict = bench.compare(task, spec);
    assertThat(verdict.equal()).as(verdict.table()).isTrue();
    assertThat(verdict.rows()).isPositive();
  }

  @Test
  void rowsAndAllThatIsAboutThemFollowUnderTheNamesOfTheTarget() throws Exception {
    Table books = Table.create(source, database, "books", 2);
    books.collection().createAlias("current");
    books.collection().serving().createIndex("v", "flat", FLAT);
    books.insert(0, 1_000, "row");
    Table old = Table.create(source, database, "old", 1);
    old.insert(0, 500, "row");
    submit();
    books.collection().createPartition("late");
    books.insert("late", 1_000, 1_500, "row");
    books.delete(0, 100);
    books.collection().serving().startLoad();
    old.upsert(0, 100, "again");
    assertEqual();
    assertThat(bench.targetClient().databases()).contains(copy, archive).doesNotContain(database);
    assertThat(bench.targetClient().collections(archive)).containsExactly("books");
    MilvusClient target = bench.targetClient();
    assertThat(target.collection(copy, "current").describe().getSchema().getName())
        .isEqualTo("books");

    books.collection().dropAlias("current");
    source.drop(database, "books");
    source.drop(database, "old");
    Table.create(source, database, "books", 1, true).insertLonger(0, 300, "new");
    Table.create(source, database, "old", 2).insert(0, 300, "new");
    assertEqual();
  }

  @Test
  void renamedOnTheSourceItIsCalledWhatItsNewNameIsMappedTo() throws Exception {
    Table books = Table.create(source, database, "books", 1);
    books.insert(0, 500, "row");
    submit();
    task.awaitCaughtUp(SOON);
    books.collection().rename(database, "old");
    new Table(source.collection(database, "old")).insert(500, 800, "row");
    assertEqual();
    assertThat(bench.targetClient().collections(archive)).containsExactly("books");
  }

  @Test
  void killedAgainAndAgainItEndsEqualUnderTheNamesOfTheTarget() throws Exception {
    Table books = Table.create(source, database, "books", 2);
    Path log = state.resolve("mirror.log");
    String names = "%s=%s,%s.old=%s.books".formatted(database, copy, database, archive);
    for (int life = 0; life < 3; life++) {
      try (MirrorProcess mirror = bench.mirror(state, log, "-Dmirror.names=" + names)) {
        mirror.awaitOutput("state=RUNNING", SOON);
        books.insert(life * 1_000, life * 1_000 + 1_000, "row");
        Table.create(source, database, "old", 1).insert(0, 500, "life " + life);
        Thread.sleep(150L * life);
        source.drop(database, "old");
      }
    }
    Table.create(source, database, "old", 1).insert(0, 700, "last");
    submit();
    assertEqual();
  }

  @Test
  void anotherMappingOfWhatIsReplicatedIsRefused() throws Exception {
    Table.create(source, database, "books", 1).insert(0, 500, "row");
    submit();
    task.awaitCaughtUp(SOON);
    engine.close();
    engine = bench.engine(state);
    task =
        engine.submit(
            bench.spec().toBuilder().names(NameMapping.none().database(database, archive)).build());
    task.awaitState(TaskState.FAILED, SOON);
    assertThat(task.status().reason()).contains("mapping of names");

    engine.close();
    engine = bench.engine(state);
    submit();
    assertEqual();
  }

  @Test
  void twoThatWouldMeetStopTheTask() throws Exception {
    String other = bench.database("b");
    Table.create(source, other, "books", 1).insert(0, 100, "theirs");
    Table.create(source, database, "books", 1).insert(0, 100, "ours");
    spec =
        bench.spec().toBuilder()
            .names(NameMapping.none().collection(database + ".books", other + ".books"))
            .build();
    task = engine.submit(spec);
    task.awaitState(TaskState.FAILED, SOON);
    assertThat(task.status().reason())
        .contains(other + ".books on the target", "Map one of the two to another name");

    assertThatThrownBy(
            () -> engine.submit(TaskSpec.builder("second").selection(spec.selection()).build()))
        .isInstanceOf(ConfigException.class)
        .hasMessageContaining("map names apart");
  }
}
