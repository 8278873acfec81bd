package io.milvus.cdc.examples.e2e.rows;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.ByteString;
import io.milvus.cdc.CdcEngine;
import io.milvus.cdc.CdcTask;
import io.milvus.cdc.examples.e2e.bench.Bench;
import io.milvus.cdc.examples.testbed.client.Columns;
import io.milvus.cdc.examples.testbed.client.MilvusCollection;
import io.milvus.cdc.examples.testbed.client.NewCollection;
import io.milvus.cdc.internal.client.Query;
import io.milvus.cdc.internal.client.ReadAt;
import io.milvus.grpc.CollectionSchema;
import io.milvus.grpc.ConsistencyLevel;
import io.milvus.grpc.DataType;
import io.milvus.grpc.FieldData;
import io.milvus.grpc.FieldSchema;
import io.milvus.grpc.KeyValuePair;
import io.milvus.grpc.VectorField;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Vectors of half precision, in one insert: query nodes of Milvus 2.3.5 panic where two such
 * inserts share a time tick, on the source as on the target.
 */
public class Float16E2E {
  private static final Duration SOON = Duration.ofMinutes(1);
  private static final int DIMENSION = 8;
  private static final int ROWS = 100;

  @TempDir private Path state;

  @Test
  void float16VectorsArriveBitForBit() throws Exception {
    try (Bench bench = Bench.open("half")) {
      assertArrival(bench, state);
    }
  }

  /** Whatever way the bench's target gets its rows. */
  public static void assertArrival(Bench bench, Path state) throws Exception {
    byte[] bits = new byte[ROWS * DIMENSION * 2];
    new Random(16).nextBytes(bits);
    String database = bench.database("a");
    MilvusCollection halves =
        bench
            .sourceClient()
            .create(
                new NewCollection(database, schema(), 1, ConsistencyLevel.Bounded, Map.of(), 0));
    FieldData vectors =
        FieldData.newBuilder()
            .setFieldName("v")
            .setType(DataType.Float16Vector)
            .setVectors(
                VectorField.newBuilder()
                    .setDim(DIMENSION)
                    .setFloat16Vector(ByteString.copyFrom(bits)))
            .build();
    FieldData keys = Columns.int64("pk", LongStream.range(0, ROWS).toArray());
    halves.insert(List.of(keys, vectors));
    try (CdcEngine engine = bench.engine(state)) {
      CdcTask task = engine.submit(bench.spec());
      task.awaitCaughtUp(SOON);
      MilvusCollection mirrored = bench.targetClient().collection(database, "halves");
      mirrored.serving().createFlatIndex("v", false);
      mirrored.serving().load(SOON);
      Query all =
          Query.of("pk >= 0", "pk", "v")
              .at(ReadAt.timestamp(task.status().readTimestamp().value()));
      assertThat(byKey(mirrored.query(all))).isEqualTo(byKey(List.of(keys, vectors)));
      bench.cleanUp(task);
    }
  }

  private static Map<Long, ByteString> byKey(List<FieldData> columns) {
    Map<Long, ByteString> vectors = new TreeMap<>();
    List<Long> keys = column(columns, "pk").getScalars().getLongData().getDataList();
    ByteString all = column(columns, "v").getVectors().getFloat16Vector();
    int length = 2 * DIMENSION;
    for (int i = 0; i < keys.size(); i++) {
      vectors.put(keys.get(i), all.substring(i * length, (i + 1) * length));
    }
    return vectors;
  }

  private static FieldData column(List<FieldData> columns, String name) {
    return columns.stream().filter(c -> c.getFieldName().equals(name)).findFirst().orElseThrow();
  }

  private static CollectionSchema schema() {
    return CollectionSchema.newBuilder()
        .setName("halves")
        .addFields(
            FieldSchema.newBuilder()
                .setName("pk")
                .setDataType(DataType.Int64)
                .setIsPrimaryKey(true))
        .addFields(
            FieldSchema.newBuilder()
                .setName("v")
                .setDataType(DataType.Float16Vector)
                .addTypeParams(
                    KeyValuePair.newBuilder().setKey("dim").setValue(Integer.toString(DIMENSION))))
        .build();
  }
}
