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
import io.milvus.grpc.LoadState;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Collections that change their names, and the databases that they are in. */
@Tag("slow")
class RenameE2E {
  private static final Duration SOON = Duration.ofMinutes(1);

  private Bench bench;
  private CdcEngine engine;
  private CdcTask task;
  private MilvusClient source;
  private String here;
  private String there;

  @TempDir private Path state;

  @BeforeEach
  void open() {
    bench = Bench.open("renames");
    source = bench.sourceClient();
    here = bench.database("a");
    there = bench.database("b");
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

  private Table create(String database, String name, int shards) {
    return Table.create(source, database, name, shards);
  }

  private static Table rename(Table table, String database, String name) {
    return new Table(table.collection().rename(database, name));
  }

  private long idOnTarget(String database, String name) {
    return bench.targetClient().collection(database, name).describe().getCollectionID();
  }

  private void assertEqual() throws Exception {
    Verdict verdict = bench.compare(task, SOON);
    assertThat(verdict.equal()).as(verdict.table()).isTrue();
  }

  @Test
  void collectionRenamedBeforeAndAfterTheTaskBeganKeepsRowsAliasesIndexAndLoad() throws Exception {
    Table books = create(here, "books", 2);
    books.insert(0, 1_000, "first name");
    books = rename(books, here, "tomes");
    books.insert(1_000, 2_000, "second name");
    create(here, "books", 1).insert(0, 500, "took the freed name");
    submit();
    long id = idOnTarget(here, "tomes");

    books.collection().createAlias("current");
    books.collection().serving().createFlatIndex("v", false);
    books.collection().serving().load(SOON);
    books = rename(books, here, "volumes");
    books.insert(2_000, 3_000, "third name");
    books.delete(500, 600);
    new Table(source.collection(here, "current")).insert(3_000, 3_500, "by alias");
    task.awaitCaughtUp(SOON);
    MilvusCollection target = bench.targetClient().collection(here, "volumes");
    target.serving().awaitLoaded(SOON);

    assertThat(idOnTarget(here, "volumes")).isEqualTo(id);
    assertThat(idOnTarget(here, "current")).isEqualTo(id);
    assertThat(target.serving().state()).isEqualTo(LoadState.LoadStateLoaded);
    assertThat(task.status().limitations()).isEmpty();
    assertEqual();
  }

  @Test
  void collectionMovesToAnotherDatabaseAndBackWhileTheTaskRuns() throws Exception {
    Table books = create(here, "books", 2);
    books.insert(0, 1_000, "here");
    submit();
    long id = idOnTarget(here, "books");
    books = rename(books, there, "books");
    books.insert(1_000, 2_000, "there");
    create(here, "books", 1).insert(0, 500, "took the freed name");
    task.awaitCaughtUp(SOON);
    assertThat(idOnTarget(there, "books")).isEqualTo(id);
    assertEqual();

    books = rename(books, here, "back");
    books.upsert(500, 1_500, "back");
    books.collection().createPartition("later");
    books.insert("later", 2_000, 2_500, "later");
    assertEqual();
    assertThat(idOnTarget(here, "back")).isEqualTo(id);
  }

  @Test
  void namesThatChangedHandsWhileTheTaskWasAwayAreSortedOut() throws Exception {
    Table one = create(here, "one", 1);
    Table two = create(here, "two", 2);
    Table gone = create(here, "gone", 1);
    Table wanderer = create(here, "wanderer", 1);
    one.insert(0, 500, "one");
    two.insert(0, 700, "two");
    gone.insert(0, 100, "gone");
    submit();
    task.pause();

    // Two names are swapped by way of a third.
    one = rename(one, here, "between");
    two = rename(two, here, "one");
    one = rename(one, here, "two");
    one.insert(500, 600, "was one");
    two.insert(700, 800, "was two");
    // One is dropped under its second name, which is taken again.
    rename(gone, here, "dropped");
    source.drop(here, "dropped");
    create(here, "gone", 2).insert(0, 50, "new gone");
    create(here, "dropped", 1).insert(0, 60, "new dropped");
    // One passes through a database that comes and goes meanwhile, made and dropped on the way.
    String passing = bench.database("passing");
    wanderer = rename(wanderer, passing, "wanderer");
    wanderer.insert(0, 40, "passing");
    wanderer = rename(wanderer, there, "arrived");
    wanderer.insert(40, 80, "arrived");
    source.dropDatabase(passing);
    // One is made and renamed meanwhile.
    rename(create(here, "fresh", 1), there, "fresh").insert(0, 90, "fresh");
    task.resume();

    assertEqual();
  }

  @Test
  void renamesInTheMiddleOfABacklogSurviveKills() throws Exception {
    Table books = create(here, "books", 2);
    books.insert(0, 1_000, "first");
    Path log = state.resolve("mirror.log");
    try (MirrorProcess mirror = bench.mirror(state, log)) {
      mirror.awaitOutput("change CreateCollection", SOON);
    }
    for (int i = 0; i < 6; i++) {
      books.insert(1_000 + i * 20_000, 21_000 + i * 20_000, "row of name " + i);
      books = rename(books, i % 2 == 0 ? there : here, "name_" + i);
      create(here, "books", 1).insert(0, 100, "took the freed name");
      books.delete(1_000 + i * 20_000, 1_100 + i * 20_000);
      rename(new Table(source.collection(here, "books")), there, "old_" + i);
    }
    for (int life = 0; life < 5; life++) {
      try (MirrorProcess mirror = bench.mirror(state, log)) {
        mirror.awaitOutput("state=RUNNING", SOON);
        if (life < 4) {
          mirror.awaitOutput("change ", SOON);
        }
        Thread.sleep(life * 40L);
      }
    }
    submit();
    assertEqual();
  }

  @Test
  void collectionThatLeavesTheSelectionIsFollowedAndOneThatEntersIsTold() throws Exception {
    String outside = here + "_outside";
    source.createDatabase(outside);
    try {
      Table books = create(here, "books", 1);
      books.insert(0, 500, "inside");
      Table films = create(outside, "films", 1);
      films.insert(0, 500, "outside");
      submit();
      books = rename(books, outside, "books");
      books.insert(500, 700, "outside");
      rename(films, here, "films");
      task.awaitCaughtUp(SOON);
      MilvusClient target = bench.targetClient();
      assertThat(target.collections(outside)).containsExactly("books");
      assertThat(target.collections(here)).isEmpty();
      assertThat(task.status().limitations()).singleElement().asString().contains(here + ".films");
      MilvusCollection moved = target.collection(outside, "books");
      source.collection(outside, "books").serving().createFlatIndex("v", false);
      source.collection(outside, "books").serving().startLoad();
      task.awaitCaughtUp(SOON);
      moved.serving().awaitLoaded(SOON);
      assertThat(bench.targetCount(outside, "books", task)).isEqualTo(700);
    } finally {
      source.dropDatabaseWithCollections(outside);
    }
  }
}
