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
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** What users do to rows and tasks, and what is on the target then. */
@ExtendWith(OneBench.class)
class LiveChangesE2E {
  private static final Duration SOON = Duration.ofMinutes(1);

  private Bench bench;
  private CdcEngine engine;
  private CdcTask task;
  private MilvusClient source;
  private String database;

  @TempDir private Path state;

  @BeforeEach
  void open(Bench corner) throws Exception {
    bench = corner;
    source = bench.sourceClient();
    database = bench.database("a");
    engine = bench.engine(state);
    task = engine.submit(bench.spec());
    task.awaitState(TaskState.RUNNING, SOON);
  }

  @AfterEach
  void close() throws Exception {
    bench.cleanUp(task);
    engine.close();
  }

  @Test
  void collectionCreatedWhilePausedArrivesWhole() throws Exception {
    task.pause();
    assertThat(task.state()).isEqualTo(TaskState.PAUSED);
    Table.create(source, database, "meanwhile", 2).insert(0, 50_000, "row");
    task.resume();
    assertEqual();
  }

  @Test
  void upsertsEndEqual() throws Exception {
    Table table = Table.create(source, database, "upserts", 2);
    table.insert(0, 5_000, "first");
    for (int round = 0; round < 20; round++) {
      table.upsert(round * 100, round * 100 + 1_000, "round" + round + "-");
    }
    assertEqual();
    assertThat(bench.targetCount(database, "upserts", task)).isEqualTo(5_000);
  }

  @Test
  void deleteThenInsertOfTheSameKeysEndsEqual() throws Exception {
    Table table = Table.create(source, database, "again", 2);
    table.insert(0, 2_000, "first");
    for (int round = 0; round < 20; round++) {
      // Faster than the source's ticks come, so that several rounds share one.
      table.delete(0, 200);
      table.insert(0, 200, "round" + round + "-");
    }
    assertEqual();
    assertThat(bench.targetCount(database, "again", task)).isEqualTo(2_000);
  }

  @Test
  void deletingThousandKeysDeletesThemAll() throws Exception {
    Table table = Table.create(source, database, "deletes", 2);
    table.insert(0, 3_000, "row");
    table.delete(500, 1_500);
    assertEqual();
    assertThat(bench.targetCount(database, "deletes", task)).isEqualTo(2_000);
  }

  @Test
  void databaseComesAndGoes() throws Exception {
    String other = bench.database("b");
    task.delete();
    task = engine.submit(bench.spec());
    Table.create(source, other, "short", 1).insert(0, 100, "row");
    assertEqual();
    assertThat(bench.targetClient().databases()).contains(other);
    source.dropDatabaseWithCollections(other);
    task.awaitCaughtUp(SOON);
    assertThat(bench.targetClient().databases()).doesNotContain(other);
  }

  private void assertEqual() throws Exception {
    Verdict verdict = bench.compare(task, SOON);
    assertThat(verdict.equal()).as(verdict.table()).isTrue();
    assertThat(verdict.rows()).isPositive();
  }
}
