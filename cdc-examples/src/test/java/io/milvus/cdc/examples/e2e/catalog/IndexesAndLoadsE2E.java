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
import io.milvus.cdc.examples.testbed.client.NewCollection;
import io.milvus.cdc.examples.testbed.client.Serving;
import io.milvus.grpc.CollectionSchema;
import io.milvus.grpc.ConsistencyLevel;
import io.milvus.grpc.DataType;
import io.milvus.grpc.FieldSchema;
import io.milvus.grpc.IndexDescription;
import io.milvus.grpc.KeyValuePair;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What users index, load and release is indexed and loaded on the target. */
@Tag("slow")
class IndexesAndLoadsE2E {
  private static final Duration SOON = Duration.ofMinutes(1);
  private static final Map<String, String> IVF =
      Map.of("index_type", "IVF_FLAT", "metric_type", "IP", "params", "{\"nlist\":64}");
  private static final Map<String, String> HNSW =
      Map.of(
          "index_type", "HNSW", "metric_type", "L2", "params", "{\"M\":8,\"efConstruction\":64}");

  private Bench bench;
  private CdcEngine engine;
  private CdcTask task;
  private MilvusClient source;
  private String database;

  @TempDir private Path state;

  @BeforeEach
  void open() {
    bench = Bench.open("serving");
    source = bench.sourceClient();
    database = bench.database("a");
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
  }

  private MilvusCollection collection(String name) {
    return Table.create(source, database, name, 2).collection();
  }

  private Serving onTarget(MilvusCollection collection) {
    return bench.targetClient().collection(database, collection.name()).serving();
  }

  private static Map<String, String> parameters(Serving serving, String index) {
    return serving.indexes().stream()
        .filter(is -> is.getIndexName().equals(index))
        .flatMap(is -> is.getParamsList().stream())
        .collect(Collectors.toMap(KeyValuePair::getKey, KeyValuePair::getValue));
  }

  private static List<String> names(Serving serving) {
    return serving.indexes().stream().map(IndexDescription::getIndexName).sorted().toList();
  }

  @Test
  void indexesOfEveryKindThatWereThereBeforeTheTaskArriveAsTheUserGaveThem() throws Exception {
    MilvusCollection floats = collection("floats");
    floats.serving().createIndex("v", "my_vector_index", IVF);
    floats.serving().createIndex("note", "my_text_index", Map.of("index_type", "Trie"));
    floats.serving().createIndex("pk", "my_number_index", Map.of());
    MilvusCollection automatic = collection("automatic");
    automatic.serving().createIndex("v", "auto", Map.of("index_type", "AUTOINDEX"));
    MilvusCollection bits = binary("bits");
    Map<String, String> jaccard =
        Map.of("index_type", "BIN_IVF_FLAT", "metric_type", "JACCARD", "params", "{\"nlist\":8}");
    bits.serving().createIndex("bits", "binary", jaccard);
    bits.serving().startLoad();
    submit();
    task.awaitCaughtUp(SOON);

    assertThat(parameters(onTarget(floats), "my_vector_index")).isEqualTo(IVF);
    assertThat(names(onTarget(floats)))
        .containsExactly("my_number_index", "my_text_index", "my_vector_index");
    assertThat(parameters(onTarget(automatic), "auto")).containsEntry("index_type", "AUTOINDEX");
    assertThat(parameters(onTarget(bits), "binary")).isEqualTo(jaccard);
    assertThat(onTarget(bits).loaded(List.of("_default"))).containsExactly("_default");
    assertThat(onTarget(floats).loaded(List.of("_default"))).isEmpty();
    assertEqual();
  }

  private MilvusCollection binary(String name) {
    CollectionSchema schema =
        CollectionSchema.newBuilder()
            .setName(name)
            .addFields(
                FieldSchema.newBuilder()
                    .setName("pk")
                    .setDataType(DataType.Int64)
                    .setIsPrimaryKey(true))
            .addFields(
                FieldSchema.newBuilder()
                    .setName("bits")
                    .setDataType(DataType.BinaryVector)
                    .addTypeParams(KeyValuePair.newBuilder().setKey("dim").setValue("16")))
            .build();
    return source.create(
        new NewCollection(database, schema, 1, ConsistencyLevel.Bounded, Map.of(), 0));
  }

  @Test
  void indexIsMadeDroppedAndMadeOtherwiseWhileTheTaskRuns() throws Exception {
    submit();
    MilvusCollection books = collection("books");
    books.serving().createIndex("v", "mine", IVF);
    task.awaitCaughtUp(SOON);
    assertThat(parameters(onTarget(books), "mine")).isEqualTo(IVF);

    books.serving().dropIndex("v", "mine");
    task.awaitCaughtUp(SOON);
    assertThat(names(onTarget(books))).isEmpty();

    books.serving().createIndex("v", "mine", HNSW);
    new Table(books).insert(0, 3_000, "row");
    task.awaitCaughtUp(SOON);
    assertThat(parameters(onTarget(books), "mine")).isEqualTo(HNSW);
    assertEqual();
  }

  @Test
  void changesMadeWhileTheTaskIsPausedAreMadeUpFor() throws Exception {
    MilvusCollection books = collection("books");
    MilvusCollection released = collection("released");
    for (MilvusCollection each : List.of(books, released)) {
      each.serving().createIndex("v", "mine", IVF);
      each.serving().startLoad();
    }
    submit();
    task.awaitCaughtUp(SOON);
    assertThat(onTarget(books).loaded(List.of("_default"))).containsExactly("_default");

    task.pause();
    books.serving().release();
    books.serving().dropIndex("v", "mine");
    books.serving().createIndex("v", "mine", HNSW);
    books.serving().startLoad();
    released.serving().release();
    MilvusCollection meanwhile = collection("meanwhile");
    meanwhile.serving().createIndex("v", "other", HNSW);
    meanwhile.serving().startLoad();
    new Table(meanwhile).insert(0, 3_000, "row");
    task.resume();
    task.awaitCaughtUp(SOON);

    assertThat(parameters(onTarget(books), "mine")).isEqualTo(HNSW);
    assertThat(onTarget(books).loaded(List.of("_default"))).containsExactly("_default");
    assertThat(onTarget(released).loaded(List.of("_default"))).isEmpty();
    assertThat(onTarget(meanwhile).loaded(List.of("_default"))).containsExactly("_default");
    onTarget(meanwhile).awaitLoaded(SOON);
    assertEqual();
  }

  @Test
  void singlePartitionsAreLoadedAndReleased() throws Exception {
    List<String> all = List.of("_default", "one", "two", "three");
    submit();
    MilvusCollection books = collection("books");
    books.serving().createIndex("v", "mine", IVF);
    all.subList(1, 4).forEach(books::createPartition);
    new Table(books).insert("one", 0, 1_000, "row");
    books.serving().startLoad(List.of("one", "two"));
    task.awaitCaughtUp(SOON);
    assertThat(onTarget(books).loaded(all)).containsExactly("one", "two");

    books.serving().releasePartition("one");
    books.serving().startLoad(List.of("three"));
    task.awaitCaughtUp(SOON);
    assertThat(onTarget(books).loaded(all)).containsExactly("three", "two");

    books.dropPartition("two");
    task.awaitCaughtUp(SOON);
    assertThat(onTarget(books).loaded(List.of("_default", "one", "three")))
        .containsExactly("three");

    books.serving().startLoad();
    books.serving().awaitLoaded(SOON);
    books.createPartition("later");
    books.serving().releasePartition("one");
    task.awaitCaughtUp(SOON);
    assertThat(onTarget(books).loaded(List.of("_default", "one", "three", "later")))
        .containsExactly("_default", "later", "three");

    books.serving().release();
    task.awaitCaughtUp(SOON);
    assertThat(onTarget(books).loaded(List.of("_default", "one", "three", "later"))).isEmpty();
    assertEqual();
  }

  @Test
  void whatSomebodyDidToTheTargetByHandIsMendedWhenTheTaskResumes() throws Exception {
    MilvusCollection books = collection("books");
    books.serving().createIndex("v", "mine", IVF);
    books.serving().startLoad();
    submit();
    task.awaitCaughtUp(SOON);
    task.pause();
    onTarget(books).release();
    onTarget(books).dropIndex("v", "mine");
    onTarget(books).createIndex("v", "theirs", HNSW);
    task.resume();
    task.awaitCaughtUp(SOON);

    assertThat(names(onTarget(books))).containsExactly("mine");
    assertThat(onTarget(books).loaded(List.of("_default"))).containsExactly("_default");
    assertEqual();
  }

  @Test
  void killedAroundIndexesAndLoadsTheProcessEndsEqual() throws Exception {
    MilvusCollection books = collection("books");
    Path log = state.resolve("mirror.log");
    for (int life = 0; life < 4; life++) {
      try (MirrorProcess mirror = bench.mirror(state, log)) {
        mirror.awaitOutput("state=RUNNING", SOON);
        books.serving().release();
        books.serving().indexes().forEach(is -> books.serving().dropIndex("v", is.getIndexName()));
        books.serving().createIndex("v", "life_" + life, life % 2 == 0 ? IVF : HNSW);
        books.serving().startLoad();
        new Table(books).insert(life * 1_000, life * 1_000 + 1_000, "row");
        Thread.sleep(150L * life);
      }
    }
    submit();
    task.awaitCaughtUp(SOON);
    assertThat(names(onTarget(books))).containsExactly("life_3");
    assertThat(onTarget(books).loaded(List.of("_default"))).containsExactly("_default");
    assertEqual();
  }

  private void assertEqual() throws Exception {
    Verdict verdict = bench.compare(task, SOON);
    assertThat(verdict.equal()).as(verdict.table()).isTrue();
  }
}
