package io.milvus.cdc.examples.testbed.workload;

import com.google.protobuf.ByteString;
import io.milvus.cdc.examples.testbed.client.Columns;
import io.milvus.cdc.internal.milvus.Key;
import io.milvus.grpc.DataType;
import io.milvus.grpc.FieldData;
import io.milvus.grpc.FieldSchema;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import java.util.stream.LongStream;

/** Generates rows for collections of a kind. The same random numbers result in the same rows. */
public final class RowMaker {
  private static final int TENANTS = 40;

  private final Shape shape;
  private final SplittableRandom random;
  private final Values values;
  private final ScalarColumn scalars;

  public RowMaker(Shape shape, SplittableRandom random) {
    this.shape = shape;
    this.random = random;
    this.values = new Values(random);
    this.scalars = new ScalarColumn(values);
  }

  /** Returns one row for each key. With automatic keys only their number matters. */
  public List<FieldData> rows(List<Key> keys) {
    List<FieldData> columns = new ArrayList<>();
    for (FieldSchema field : shape.schema().getFieldsList()) {
      if (field.getIsPrimaryKey()) {
        if (!field.getAutoID()) {
          columns.add(keys(field, keys));
        }
      } else {
        columns.add(field.getIsPartitionKey() ? tenants(field, keys) : column(field, keys.size()));
      }
    }
    if (shape.schema().getEnableDynamicField()) {
      columns.add(
          Columns.dynamic(IntStream.range(0, keys.size()).mapToObj(i -> values.object()).toList()));
    }
    return columns;
  }

  private static FieldData keys(FieldSchema field, List<Key> keys) {
    return field.getDataType() == DataType.VarChar
        ? Columns.varchar(
            field.getName(), keys.stream().map(key -> Objects.requireNonNull(key.text())).toList())
        : Columns.int64(field.getName(), keys.stream().mapToLong(Key::number).toArray());
  }

  private FieldData column(FieldSchema field, int rows) {
    DataType type = field.getDataType();
    return switch (type) {
      case FloatVector -> floats(field, rows);
      case BinaryVector -> bits(field, rows);
      case Array ->
          Columns.scalar(field.getName(), type, scalars.arrays(field.getElementType(), rows));
      default -> Columns.scalar(field.getName(), type, scalars.of(type, rows));
    };
  }

  /**
   * Returns the partition key. A row that is written again must reach the same partition again, or
   * Milvus 2.3 retains both.
   */
  private static FieldData tenants(FieldSchema field, List<Key> keys) {
    long[] tenants =
        keys.stream().mapToLong(key -> Math.floorMod(key.hashCode(), TENANTS)).toArray();
    return field.getDataType() == DataType.VarChar
        ? Columns.varchar(
            field.getName(), LongStream.of(tenants).mapToObj(it -> "tenant " + it).toList())
        : Columns.int64(field.getName(), tenants);
  }

  private FieldData floats(FieldSchema field, int rows) {
    int dimension = Fields.dimension(field);
    float[] data = new float[rows * dimension];
    for (int i = 0; i < data.length; i++) {
      data[i] = random.nextFloat();
    }
    return Columns.floatVectors(field.getName(), dimension, data);
  }

  private FieldData bits(FieldSchema field, int rows) {
    int dimension = Fields.dimension(field);
    byte[] data = new byte[rows * dimension / Byte.SIZE];
    random.nextBytes(data);
    return Columns.binaryVectors(field.getName(), dimension, ByteString.copyFrom(data));
  }
}
