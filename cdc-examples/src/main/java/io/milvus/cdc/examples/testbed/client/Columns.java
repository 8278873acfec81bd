package io.milvus.cdc.examples.testbed.client;

import com.google.protobuf.ByteString;
import io.milvus.cdc.internal.client.Cells;
import io.milvus.grpc.BoolArray;
import io.milvus.grpc.DataType;
import io.milvus.grpc.DoubleArray;
import io.milvus.grpc.FieldData;
import io.milvus.grpc.FloatArray;
import io.milvus.grpc.IntArray;
import io.milvus.grpc.JSONArray;
import io.milvus.grpc.LongArray;
import io.milvus.grpc.ScalarField;
import io.milvus.grpc.StringArray;
import io.milvus.grpc.VectorField;
import java.util.List;

/** Creates columns of rows, in the protocol's form. */
public final class Columns {
  private Columns() {}

  public static FieldData bool(String name, List<Boolean> values) {
    return scalar(
        name,
        DataType.Bool,
        ScalarField.newBuilder().setBoolData(BoolArray.newBuilder().addAllData(values)));
  }

  /**
   * Returns a column of {@link DataType#Int8}, {@link DataType#Int16} or {@link DataType#Int32}.
   */
  public static FieldData integers(String name, DataType type, List<Integer> values) {
    return scalar(
        name, type, ScalarField.newBuilder().setIntData(IntArray.newBuilder().addAllData(values)));
  }

  public static FieldData int64(String name, long... values) {
    LongArray.Builder data = LongArray.newBuilder();
    for (long value : values) {
      data.addData(value);
    }
    return scalar(name, DataType.Int64, ScalarField.newBuilder().setLongData(data));
  }

  public static FieldData floats(String name, List<Float> values) {
    return scalar(
        name,
        DataType.Float,
        ScalarField.newBuilder().setFloatData(FloatArray.newBuilder().addAllData(values)));
  }

  public static FieldData doubles(String name, List<Double> values) {
    return scalar(
        name,
        DataType.Double,
        ScalarField.newBuilder().setDoubleData(DoubleArray.newBuilder().addAllData(values)));
  }

  public static FieldData varchar(String name, String... values) {
    return varchar(name, List.of(values));
  }

  public static FieldData varchar(String name, List<String> values) {
    return scalar(
        name,
        DataType.VarChar,
        ScalarField.newBuilder().setStringData(StringArray.newBuilder().addAllData(values)));
  }

  public static FieldData json(String name, List<String> values) {
    return scalar(name, DataType.JSON, documents(values));
  }

  /** Returns the dynamic fields of the rows, as one JSON object for each row. */
  public static FieldData dynamic(List<String> objects) {
    return scalar(Cells.DYNAMIC, DataType.JSON, documents(objects)).toBuilder()
        .setIsDynamic(true)
        .build();
  }

  private static ScalarField.Builder documents(List<String> values) {
    JSONArray.Builder data = JSONArray.newBuilder();
    values.forEach(value -> data.addData(ByteString.copyFromUtf8(value)));
    return ScalarField.newBuilder().setJsonData(data);
  }

  /** Returns a column of existing scalars. */
  public static FieldData scalar(String name, DataType type, ScalarField.Builder values) {
    return FieldData.newBuilder().setFieldName(name).setType(type).setScalars(values).build();
  }

  /** Returns float vectors of one dimension, one after the other. */
  public static FieldData floatVectors(String name, int dimension, float... values) {
    FloatArray.Builder data = FloatArray.newBuilder();
    for (float value : values) {
      data.addData(value);
    }
    return vector(
        name,
        DataType.FloatVector,
        VectorField.newBuilder().setDim(dimension).setFloatVector(data));
  }

  /** Returns binary vectors, one after the other. */
  public static FieldData binaryVectors(String name, int dimension, ByteString values) {
    return vector(
        name,
        DataType.BinaryVector,
        VectorField.newBuilder().setDim(dimension).setBinaryVector(values));
  }

  private static FieldData vector(String name, DataType type, VectorField.Builder values) {
    return FieldData.newBuilder().setFieldName(name).setType(type).setVectors(values).build();
  }

  /** Returns the number of rows in a batch of columns. */
  public static int rows(List<FieldData> columns) {
    return columns.isEmpty() ? 0 : Cells.count(columns.get(0));
  }
}
