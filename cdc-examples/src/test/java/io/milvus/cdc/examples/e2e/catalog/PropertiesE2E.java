package io.milvus.cdc.examples.e2e.catalog;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.milvus.cdc.CdcEngine;
import io.milvus.cdc.CdcTask;
import io.milvus.cdc.TaskState;
import io.milvus.cdc.compare.Verdict;
import io.milvus.cdc.error.ConfigException;
import io.milvus.cdc.examples.e2e.bench.Bench;
import io.milvus.cdc.examples.e2e.bench.Table;
import io.milvus.cdc.examples.testbed.client.MilvusCollection;
import io.milvus.cdc.internal.client.MilvusException;
import io.milvus.cdc.sources.milvus.MilvusSource;
import io.milvus.cdc.store.FileStore;
import io.milvus.grpc.KeyValuePair;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Properties of collections that are changed on the source. */
class PropertiesE2E {
  private static final Duration SOON = Duration.ofMinutes(1);
  private static final String TTL = "collection.ttl.seconds";

  private Bench bench;
  private CdcEngine engine;
  private CdcTask task;
  private String database;
  private MilvusCollection books;

  @TempDir private Path state;

  @BeforeEach
  void open() {
    bench = Bench.open("properties");
    database = bench.database("a");
    Table table = Table.create(bench.sourceClient(), database, "books", 1);
    table.insert(0, 500, "row");
    books = table.collection();
  }

  @AfterEach
  void close() throws Exception {
    if (task != null) {
      bench.cleanUp(task);
      engine.close();
    } else {
      bench.dropDatabases();
    }
    bench.close();
  }

  private CdcEngine start(MilvusSource.Builder source) {
    return CdcEngine.builder()
        .source(source.build())
        .target(bench.target().build())
        .checkpoints(FileStore.at(state))
        .start();
  }

  private void submit(MilvusSource.Builder source) throws Exception {
    engine = start(source);
    task = engine.submit(bench.spec());
    task.awaitState(TaskState.RUNNING, SOON);
    task.awaitCaughtUp(SOON);
  }

  private Map<String, String> onTarget(String name) {
    return bench.targetClient().collection(database, name).describe().getPropertiesList().stream()
        .collect(Collectors.toMap(KeyValuePair::getKey, KeyValuePair::getValue));
  }

  private void awaitOnTarget(String name, String property, String value) {
    // It may not be there under that name yet.
    await()
        .atMost(SOON)
        .ignoreExceptionsInstanceOf(MilvusException.class)
        .until(() -> value.equals(onTarget(name).get(property)));
  }

  @Test
  void propertiesThatAreChangedBeforeAndWhileTheTaskRunsAndWhileItIsAwayArrive() throws Exception {
    books.alter(TTL, "36000");
    submit(bench.source());
    awaitOnTarget("books", TTL, "36000");
    books.alter(TTL, "72000");
    awaitOnTarget("books", TTL, "72000");

    task.pause();
    books.alter(TTL, "90000");
    books.alter("collection.autocompaction.enabled", "false");
    MilvusCollection tomes = books.rename(database, "tomes");
    task.resume();
    awaitOnTarget("tomes", "collection.autocompaction.enabled", "false");
    tomes.alter(TTL, "45000");
    awaitOnTarget("tomes", TTL, "45000");
    assertThat(task.status().limitations()).isEmpty();
    Verdict verdict = bench.compare(task, SOON);
    assertThat(verdict.equal()).as(verdict.table()).isTrue();
  }

  @Test
  void withoutTheSourcesAddressTheStatusSaysWhatIsNotSeen() throws Exception {
    submit(bench.sourceWithoutKeys());
    assertThat(task.status().limitations())
        .singleElement()
        .asString()
        .contains("properties", "2.3.5", "as its api");
  }

  @Test
  void addressThatDoesNotAnswerIsRefusedWithTheCure() {
    assertThatThrownBy(() -> start(bench.source().api("http://127.0.0.1:1")))
        .isInstanceOf(ConfigException.class)
        .hasMessageContaining("http://127.0.0.1:1")
        .hasMessageContaining("api");
  }
}
