package io.milvus.cdc.examples.e2e.rows;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.milvus.cdc.CdcEngine;
import io.milvus.cdc.CdcTask;
import io.milvus.cdc.NameMapping;
import io.milvus.cdc.Selection;
import io.milvus.cdc.TaskState;
import io.milvus.cdc.examples.e2e.bench.Bench;
import io.milvus.cdc.examples.e2e.bench.OneBench;
import io.milvus.cdc.examples.e2e.bench.Table;
import io.milvus.cdc.examples.testbed.client.MilvusClient;
import io.milvus.cdc.examples.testbed.client.MilvusCollection;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** What a user has flushed on the source is flushed on the target. */
@ExtendWith(OneBench.class)
@Timeout(300)
class FlushE2E {
  private static final Duration SOON = Duration.ofSeconds(60);

  private Bench bench;
  private MilvusClient target;
  private String database;
  private CdcEngine engine;
  private CdcTask task;

  @TempDir private Path state;

  @BeforeEach
  void open(Bench corner) {
    bench = corner;
    target = bench.targetClient();
    database = bench.database("flushed");
    engine = bench.engine(state);
  }

  @AfterEach
  void close() throws Exception {
    bench.cleanUp(task);
    engine.close();
  }

  @Test
  void flushedCollectionIsFlushedUnderItsNameOnTheTargetAndOthersAreLeftAlone() throws Exception {
    MilvusClient source = bench.sourceClient();
    Table books = Table.create(source, database, "books", 2);
    Table films = Table.create(source, database, "films", 1);
    Table.create(source, database, "outside", 1).insert(0, 100, "row");
    books.insert(0, 1000, "row");
    films.insert(0, 1000, "row");
    task =
        engine.submit(
            bench.spec().toBuilder()
                .selection(Selection.collections(database + ".books", database + ".films"))
                .names(NameMapping.none().collection(database + ".books", database + ".tomes"))
                .build());
    task.awaitState(TaskState.RUNNING, SOON);
    task.awaitCaughtUp(SOON);
    MilvusCollection tomes = target.collection(database, "tomes");
    assertThat(tomes.storedRows()).isZero();

    // More than once, as nobody tells when the task has begun to listen.
    await()
        .atMost(SOON)
        .pollInterval(Duration.ofSeconds(2))
        .until(
            () -> {
              books.collection().flush();
              source.collection(database, "outside").flush();
              return tomes.storedRows() == 1000;
            });
    assertThat(target.collection(database, "films").storedRows()).isZero();
    assertThat(target.collections(database)).containsExactlyInAnyOrder("tomes", "films");

    // Rows that are flushed while they are still on their way.
    books.insert(1000, 3000, "row");
    books.collection().createAlias("current");
    source.collection(database, "current").flush();
    await().atMost(SOON).until(() -> tomes.storedRows() == 3000);
    assertThat(task.status().limitations()).isEmpty();
    assertThat(task.status().state()).isEqualTo(TaskState.RUNNING);
  }
}
