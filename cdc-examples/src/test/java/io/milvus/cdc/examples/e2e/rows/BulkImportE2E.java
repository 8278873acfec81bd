package io.milvus.cdc.examples.e2e.rows;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.milvus.cdc.CdcEngine;
import io.milvus.cdc.CdcTask;
import io.milvus.cdc.Selection;
import io.milvus.cdc.StartFrom;
import io.milvus.cdc.TaskState;
import io.milvus.cdc.compare.Verdict;
import io.milvus.cdc.examples.e2e.bench.Bench;
import io.milvus.cdc.examples.e2e.bench.OneBench;
import io.milvus.cdc.examples.e2e.bench.Table;
import io.milvus.cdc.examples.testbed.client.MilvusClient;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** Rows that come past the topics cannot be replicated, and are not passed over in silence. */
@ExtendWith(OneBench.class)
@Timeout(300)
class BulkImportE2E {
  private static final Duration SOON = Duration.ofSeconds(60);

  @TempDir private Path state;
  @TempDir private Path files;

  @Test
  void bulkImportIntoWhatIsReplicatedIsToldOnTheTask(Bench bench) throws Exception {
    MilvusClient source = bench.sourceClient();
    String database = bench.database("imported");
    Table books = Table.create(source, database, "books", 1);
    Table outside = Table.create(source, database, "outside", 1);
    Path file = Files.createDirectories(files.resolve("in")).resolve("books.json");
    Files.writeString(file, "{\"rows\":[{\"pk\":1,\"note\":\"a\",\"v\":[1,2,3,4]}]}");
    try (CdcEngine engine = bench.engine(state)) {
      CdcTask task =
          engine.submit(
              bench.spec().toBuilder()
                  .selection(Selection.collections(database + ".books"))
                  .build());
      task.awaitState(TaskState.RUNNING, SOON);
      outside.collection().bulkInsert(file.toString());
      books.collection().bulkInsert(file.toString());
      await()
          .atMost(SOON)
          .untilAsserted(
              () ->
                  assertThat(task.status().limitations())
                      .singleElement()
                      .asString()
                      .contains(database + ".books", "books.json", "bulk import"));

      // The cure that the limitation names.
      bench.targetClient().collection(database, "books").bulkInsert(file.toString());
      Verdict verdict =
          bench.compare(
              task,
              bench.spec().toBuilder()
                  .selection(Selection.collections(database + ".books"))
                  .build());
      assertThat(verdict.equal()).as(verdict.table()).isTrue();
      assertThat(verdict.rows()).isPositive();
      bench.cleanUp(task);
    }
  }

  @Test
  void anImportedCollectionIsCopiedAgainWhileTheTaskRuns(Bench bench) throws Exception {
    MilvusClient source = bench.sourceClient();
    String database = bench.database("copied");
    Table books = Table.create(source, database, "books", 2);
    Table other = Table.create(source, database, "other", 1);
    Path file = Files.createDirectories(files.resolve("in")).resolve("books.json");
    Files.writeString(file, "{\"rows\":[{\"pk\":10001,\"note\":\"a\",\"v\":[1,2,3,4]}]}");
    try (CdcEngine engine = bench.engine(state)) {
      CdcTask task =
          engine.submit(bench.spec().toBuilder().selection(Selection.databases(database)).build());
      books.insert(0, 200, "streamed");
      other.insert(0, 100, "streamed");
      task.awaitCaughtUp(SOON);
      books.collection().bulkInsert(file.toString());
      await()
          .atMost(SOON)
          .untilAsserted(
              () ->
                  assertThat(task.status().limitations())
                      .singleElement()
                      .asString()
                      .contains("Resync the collection " + database + ".books"));
      task.resync(Selection.collections(database + ".books"), StartFrom.existing().withFlush());
      books.insert(200, 300, "during the copy");
      other.insert(100, 200, "during the copy");
      Verdict verdict = bench.compare(task, SOON.multipliedBy(3));
      assertThat(verdict.equal()).as(verdict.table()).isTrue();
      assertThat(verdict.rows()).isEqualTo(300 + 1 + 200);
      assertThat(task.status().existing().rows()).isGreaterThanOrEqualTo(201);
      assertThat(task.status().limitations()).isEmpty();
      bench.cleanUp(task);
    }
  }
}
