package io.milvus.cdc.examples.e2e.rows;

import static org.assertj.core.api.Assertions.assertThat;

import io.milvus.cdc.CdcEngine;
import io.milvus.cdc.CdcTask;
import io.milvus.cdc.Selection;
import io.milvus.cdc.TaskSpec;
import io.milvus.cdc.TaskState;
import io.milvus.cdc.compare.Verdict;
import io.milvus.cdc.examples.e2e.bench.Bench;
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

/** A task brings what its selection includes, and nothing else. */
@ExtendWith(OneBench.class)
@Timeout(300)
class ScopeE2E {
  private static final Duration SOON = Duration.ofSeconds(60);

  private Bench bench;
  private MilvusClient source;
  private String one;
  private String two;
  private CdcEngine engine;
  private CdcTask task;

  @TempDir private Path state;

  @BeforeEach
  void open(Bench corner) {
    bench = corner;
    source = bench.sourceClient();
    one = bench.database("one");
    two = bench.database("two");
    engine = bench.engine(state);
  }

  @AfterEach
  void close() throws Exception {
    bench.cleanUp(task);
    engine.close();
  }

  private TaskSpec submit(Selection selection) throws Exception {
    TaskSpec spec = bench.spec().toBuilder().selection(selection).build();
    task = engine.submit(spec);
    task.awaitState(TaskState.RUNNING, SOON);
    return spec;
  }

  private void assertEqual(TaskSpec spec) throws Exception {
    Verdict verdict = bench.compare(task, spec);
    assertThat(verdict.equal()).as(verdict.table()).isTrue();
    assertThat(verdict.rows()).isPositive();
  }

  private Table table(String database, String name) {
    Table table = Table.create(source, database, name, 1);
    table.insert(0, 200, "row");
    return table;
  }

  @Test
  void collectionsComeByPatternsAndExclusionsWheneverTheyAreMade() throws Exception {
    table(one, "orders");
    table(one, "orders_tmp");
    table(one, "films");
    table(two, "orders_2024");
    String both = one.substring(0, one.length() - 3) + "*";
    TaskSpec spec = submit(Selection.of(both + ".orders*").except(one + ".*_tmp"));
    table(one, "orders_late");
    table(one, "late_tmp");
    table(two, "orders_tmp");
    table(two, "books");
    assertEqual(spec);
    assertThat(bench.targetClient().collections(one))
        .containsExactlyInAnyOrder("orders", "orders_late");
    assertThat(bench.targetClient().collections(two))
        .containsExactlyInAnyOrder("orders_2024", "orders_tmp");
  }

  @Test
  void severalCollectionsOfSeveralDatabasesInOneTask() throws Exception {
    table(one, "orders");
    table(one, "films");
    table(two, "books");
    TaskSpec spec = submit(Selection.collections(one + ".orders", two + ".books"));
    assertEqual(spec);
    assertThat(bench.targetClient().collections(one)).containsExactly("orders");
  }

  @Test
  void whatIsDoneToACollectionOutsideIsNotDoneToItsNamesake() throws Exception {
    // The target has a collection of that name, but not from this task.
    MilvusClient target = bench.targetClient();
    target.createDatabase(one);
    Table theirs = Table.createByHand(target, one, "films", false);
    theirs.collection().serving().createIndex("v", "theirs", flat());
    table(one, "orders");
    Table films = table(one, "films");
    TaskSpec spec = submit(Selection.collections(one + ".orders"));
    films.collection().serving().createIndex("v", "ours", flat());
    films.collection().serving().startLoad();
    films.collection().createAlias("current");
    assertEqual(spec);
    assertThat(theirs.collection().serving().indexes())
        .extracting(index -> index.getIndexName())
        .containsExactly("theirs");
    source.drop(one, "films");
    task.awaitCaughtUp(SOON);
    assertThat(target.collections(one)).contains("films");
    target.drop(one, "films");
  }

  private static Map<String, String> flat() {
    return Map.of("index_type", "FLAT", "metric_type", "L2", "params", "{}");
  }
}
