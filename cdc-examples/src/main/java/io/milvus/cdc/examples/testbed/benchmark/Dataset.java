package io.milvus.cdc.examples.testbed.benchmark;

import io.milvus.cdc.examples.testbed.client.Columns;
import io.milvus.cdc.examples.testbed.client.MilvusClient;
import io.milvus.cdc.examples.testbed.client.MilvusCollection;
import io.milvus.cdc.examples.testbed.client.NewCollection;
import io.milvus.grpc.CollectionSchema;
import io.milvus.grpc.ConsistencyLevel;
import io.milvus.grpc.DataType;
import io.milvus.grpc.FieldData;
import io.milvus.grpc.FieldSchema;
import io.milvus.grpc.KeyValuePair;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import java.util.stream.LongStream;

/**
 * Creates rows of an integer key and a vector. All batches share the vectors: only the keys differ.
 */
final class Dataset {
  private static final String KEY = "pk";
  static final String VECTOR = "v";

  private final int dimension;
  private final int batch;
  private final FieldData vectors;

  private Dataset(int dimension, int batch, FieldData vectors) {
    this.dimension = dimension;
    this.batch = batch;
    this.vectors = vectors;
  }

  static Dataset of(int dimension, int batch) {
    SplittableRandom random = new SplittableRandom(42);
    float[] values = new float[dimension * batch];
    for (int i = 0; i < values.length; i++) {
      values[i] = (float) random.nextDouble();
    }
    return new Dataset(dimension, batch, Columns.floatVectors(VECTOR, dimension, values));
  }

  int batch() {
    return batch;
  }

  MilvusCollection create(MilvusClient milvus, String database, String name, int shards) {
    CollectionSchema schema =
        CollectionSchema.newBuilder()
            .setName(name)
            .addFields(
                FieldSchema.newBuilder()
                    .setName(KEY)
                    .setDataType(DataType.Int64)
                    .setIsPrimaryKey(true))
            .addFields(
                FieldSchema.newBuilder()
                    .setName(VECTOR)
                    .setDataType(DataType.FloatVector)
                    .addTypeParams(
                        KeyValuePair.newBuilder()
                            .setKey("dim")
                            .setValue(Integer.toString(dimension))))
            .build();
    return milvus.create(
        new NewCollection(database, schema, shards, ConsistencyLevel.Bounded, Map.of(), 0));
  }

  /** Creates the collections across which the backlog is spread. */
  List<MilvusCollection> create(MilvusClient milvus, String database, Settings settings) {
    return IntStream.range(0, settings.active())
        .mapToObj(i -> create(milvus, database, "rows_" + i, settings.shards()))
        .toList();
  }

  /** Returns a batch whose keys begin at {@code first}. */
  List<FieldData> columns(long first) {
    return List.of(Columns.int64(KEY, LongStream.range(first, first + batch).toArray()), vectors);
  }
}
