package io.milvus.cdc.examples.e2e.targets;

import static org.assertj.core.api.Assertions.assertThat;

import io.milvus.cdc.CdcEngine;
import io.milvus.cdc.CdcTask;
import io.milvus.cdc.compare.Verdict;
import io.milvus.cdc.contract.OddKeys;
import io.milvus.cdc.examples.e2e.bench.Bench;
import io.milvus.cdc.examples.testbed.client.Columns;
import io.milvus.cdc.examples.testbed.client.MilvusClient;
import io.milvus.cdc.examples.testbed.client.MilvusCollection;
import io.milvus.cdc.examples.testbed.client.NewCollection;
import io.milvus.cdc.internal.milvus.Dialect;
import io.milvus.cdc.internal.milvus.Key;
import io.milvus.grpc.CollectionSchema;
import io.milvus.grpc.ConsistencyLevel;
import io.milvus.grpc.DataType;
import io.milvus.grpc.FieldData;
import io.milvus.grpc.FieldSchema;
import io.milvus.grpc.KeyValuePair;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.IntStream;

/** What becomes of rows with {@link OddKeys}. */
final class OddRows {
  private static final Duration SOON = Duration.ofMinutes(1);
  private static final List<Key> NUMBERS = OddKeys.numbers().stream().map(Key::of).toList();
  private static final List<Key> TEXTS = OddKeys.texts().stream().map(Key::of).toList();

  private OddRows() {}

  /** Their rows arrive, are told apart by a comparison, and go, each by itself. */
  static void assertFollowed(Bench bench, Path state) throws Exception {
    String database = bench.database("a");
    MilvusCollection texts = create(bench.sourceClient(), database, "texts", DataType.VarChar);
    MilvusCollection numbers = create(bench.sourceClient(), database, "numbers", DataType.Int64);
    insert(texts, TEXTS, 0);
    insert(numbers, NUMBERS, 0);
    try (CdcEngine engine = bench.engine(state)) {
      CdcTask task = engine.submit(bench.spec());
      assertEqual(bench, task, TEXTS.size() + NUMBERS.size());

      insert(bench.targetClient().collection(database, "texts"), TEXTS, 1);
      assertEachIsTold(bench, task);
      insert(bench.targetClient().collection(database, "texts"), TEXTS, 0);

      delete(texts, everyOther(TEXTS, 0));
      delete(numbers, everyOther(NUMBERS, 0));
      assertEqual(bench, task, TEXTS.size() / 2 + NUMBERS.size() / 2);
      delete(texts, everyOther(TEXTS, 1));
      delete(numbers, everyOther(NUMBERS, 1));
      assertEqual(bench, task, 0);
      bench.cleanUp(task);
    }
  }

  private static void assertEqual(Bench bench, CdcTask task, int rows) throws Exception {
    Verdict verdict = bench.compare(task, SOON);
    assertThat(verdict.equal()).as(verdict.table()).isTrue();
    assertThat(verdict.rows()).isEqualTo(rows);
  }

  /** What is told of it holds nothing that a terminal would not show, and is short. */
  private static void assertEachIsTold(Bench bench, CdcTask task) throws Exception {
    Verdict verdict = bench.comparison(task).mostDifferences(100).run();
    assertThat(verdict.differences()).hasSize(TEXTS.size());
    for (Key key : TEXTS) {
      assertThat(verdict.table()).contains("row %s: v is ".formatted(key));
    }
    assertThat(verdict.table().lines()).allMatch(line -> line.length() < 500);
    assertThat(verdict.table().lines()).noneMatch(line -> line.chars().anyMatch(it -> it < ' '));
  }

  private static List<Key> everyOther(List<Key> keys, int from) {
    return IntStream.range(0, keys.size())
        .filter(at -> at % 2 == from)
        .mapToObj(keys::get)
        .toList();
  }

  private static void delete(MilvusCollection collection, List<Key> keys) {
    collection.delete("", Dialect.MILVUS.in("pk", keys));
  }

  private static void insert(MilvusCollection collection, List<Key> keys, int value) {
    float[] vectors = new float[keys.size() * 2];
    Arrays.fill(vectors, value);
    List<FieldData> columns = new ArrayList<>();
    columns.add(
        keys == NUMBERS
            ? Columns.int64("pk", keys.stream().mapToLong(Key::number).toArray())
            : Columns.varchar(
                "pk",
                keys.stream()
                    .map(key -> Objects.requireNonNull(key.text()))
                    .toArray(String[]::new)));
    columns.add(Columns.floatVectors("v", 2, vectors));
    collection.upsert("", columns);
  }

  private static MilvusCollection create(
      MilvusClient client, String database, String name, DataType type) {
    CollectionSchema.Builder schema =
        CollectionSchema.newBuilder()
            .setName(name)
            .addFields(
                FieldSchema.newBuilder()
                    .setName("pk")
                    .setDataType(type)
                    .setIsPrimaryKey(true)
                    .addTypeParams(parameter("max_length", OddKeys.LONGEST)))
            .addFields(
                FieldSchema.newBuilder()
                    .setName("v")
                    .setDataType(DataType.FloatVector)
                    .addTypeParams(parameter("dim", 2)));
    if (type == DataType.Int64) {
      schema.getFieldsBuilder(0).clearTypeParams();
    }
    return client.create(
        new NewCollection(database, schema.build(), 2, ConsistencyLevel.Bounded, Map.of(), 0));
  }

  private static KeyValuePair parameter(String name, int value) {
    return KeyValuePair.newBuilder().setKey(name).setValue(Integer.toString(value)).build();
  }
}
