package io.milvus.cdc.internal.wire;

import com.google.protobuf.ByteString;
import io.milvus.grpc.ArrayArray;
import io.milvus.grpc.BoolArray;
import io.milvus.grpc.BytesArray;
import io.milvus.grpc.DoubleArray;
import io.milvus.grpc.FieldData;
import io.milvus.grpc.FloatArray;
import io.milvus.grpc.GeometryArray;
import io.milvus.grpc.GeometryWktArray;
import io.milvus.grpc.IntArray;
import io.milvus.grpc.JSONArray;
import io.milvus.grpc.LongArray;
import io.milvus.grpc.ScalarField;
import io.milvus.grpc.SparseFloatArray;
import io.milvus.grpc.StringArray;
import io.milvus.grpc.TimestamptzArray;
import io.milvus.grpc.VectorArray;
import io.milvus.grpc.VectorField;
import java.util.AbstractList;
import java.util.ArrayList;
import java.util.List;
import java.util.function.IntFunction;

/**
 * Converts a column to a list of protobuf values, one for each row, and back. A round trip changes
 * nothing.
 */
final class ColumnValues {
  private ColumnValues() {}

  /**
   * Returns the values of a column.
   *
   * @throws IllegalArgumentException if a column of this kind has no value for each row
   */
  static List<?> of(FieldData column) {
    return switch (column.getFieldCase()) {
      case SCALARS -> of(column.getScalars());
      case VECTORS -> of(column.getVectors());
      default -> throw unknown(column.getFieldName(), column.getFieldCase());
    };
  }

  static List<?> of(ScalarField field) {
    return switch (field.getDataCase()) {
      case BOOL_DATA -> field.getBoolData().getDataList();
      case INT_DATA -> field.getIntData().getDataList();
      case LONG_DATA -> field.getLongData().getDataList();
      case FLOAT_DATA -> field.getFloatData().getDataList();
      case DOUBLE_DATA -> field.getDoubleData().getDataList();
      case STRING_DATA -> field.getStringData().getDataList();
      case BYTES_DATA -> field.getBytesData().getDataList();
      case ARRAY_DATA -> field.getArrayData().getDataList();
      case JSON_DATA -> field.getJsonData().getDataList();
      case GEOMETRY_DATA -> field.getGeometryData().getDataList();
      case GEOMETRY_WKT_DATA -> field.getGeometryWktData().getDataList();
      case TIMESTAMPTZ_DATA -> field.getTimestamptzData().getDataList();
      case DATA_NOT_SET -> List.of();
    };
  }

  static List<?> of(VectorField field) {
    int dim = (int) field.getDim();
    return switch (field.getDataCase()) {
      case FLOAT_VECTOR -> {
        List<Float> all = field.getFloatVector().getDataList();
        yield slices(all.size(), dim, start -> all.subList(start, start + dim));
      }
      case BINARY_VECTOR -> bytes(field.getBinaryVector(), dim / 8);
      case FLOAT16_VECTOR -> bytes(field.getFloat16Vector(), 2 * dim);
      case BFLOAT16_VECTOR -> bytes(field.getBfloat16Vector(), 2 * dim);
      case INT8_VECTOR -> bytes(field.getInt8Vector(), dim);
      case SPARSE_FLOAT_VECTOR -> field.getSparseFloatVector().getContentsList();
      case VECTOR_ARRAY -> field.getVectorArray().getDataList();
      case DATA_NOT_SET -> List.of();
    };
  }

  private static List<?> bytes(ByteString all, int width) {
    return slices(all.size(), width, start -> all.substring(start, start + width));
  }

  private static List<?> slices(int length, int width, IntFunction<?> slice) {
    int count = width == 0 ? 0 : length / width;
    return new AbstractList<Object>() {
      @Override
      public Object get(int index) {
        return slice.apply(index * width);
      }

      @Override
      public int size() {
        return count;
      }
    };
  }

  /** Returns a column like this column, with these values instead. */
  static FieldData.Builder with(FieldData column, List<?> values) {
    FieldData.Builder changed = column.toBuilder();
    return switch (column.getFieldCase()) {
      case SCALARS -> changed.setScalars(with(column.getScalars(), values));
      case VECTORS -> changed.setVectors(with(column.getVectors(), values));
      default -> throw unknown(column.getFieldName(), column.getFieldCase());
    };
  }

  static ScalarField with(ScalarField like, List<?> values) {
    ScalarField.Builder field = ScalarField.newBuilder();
    return switch (like.getDataCase()) {
      case BOOL_DATA -> field.setBoolData(BoolArray.newBuilder().addAllData(all(values))).build();
      case INT_DATA -> field.setIntData(IntArray.newBuilder().addAllData(all(values))).build();
      case LONG_DATA -> field.setLongData(LongArray.newBuilder().addAllData(all(values))).build();
      case FLOAT_DATA ->
          field.setFloatData(FloatArray.newBuilder().addAllData(all(values))).build();
      case DOUBLE_DATA ->
          field.setDoubleData(DoubleArray.newBuilder().addAllData(all(values))).build();
      case STRING_DATA ->
          field.setStringData(StringArray.newBuilder().addAllData(all(values))).build();
      case BYTES_DATA ->
          field.setBytesData(BytesArray.newBuilder().addAllData(all(values))).build();
      case ARRAY_DATA ->
          field
              .setArrayData(
                  ArrayArray.newBuilder()
                      .setElementType(like.getArrayData().getElementType())
                      .addAllData(all(values)))
              .build();
      case JSON_DATA -> field.setJsonData(JSONArray.newBuilder().addAllData(all(values))).build();
      case GEOMETRY_DATA ->
          field.setGeometryData(GeometryArray.newBuilder().addAllData(all(values))).build();
      case GEOMETRY_WKT_DATA ->
          field.setGeometryWktData(GeometryWktArray.newBuilder().addAllData(all(values))).build();
      case TIMESTAMPTZ_DATA ->
          field.setTimestamptzData(TimestamptzArray.newBuilder().addAllData(all(values))).build();
      case DATA_NOT_SET -> like;
    };
  }

  private static VectorField with(VectorField like, List<?> values) {
    VectorField.Builder field = VectorField.newBuilder().setDim(like.getDim());
    return switch (like.getDataCase()) {
      case FLOAT_VECTOR -> {
        FloatArray.Builder floats = FloatArray.newBuilder();
        ColumnValues.<List<Float>>all(values).forEach(floats::addAllData);
        yield field.setFloatVector(floats).build();
      }
      case BINARY_VECTOR -> field.setBinaryVector(joined(values)).build();
      case FLOAT16_VECTOR -> field.setFloat16Vector(joined(values)).build();
      case BFLOAT16_VECTOR -> field.setBfloat16Vector(joined(values)).build();
      case INT8_VECTOR -> field.setInt8Vector(joined(values)).build();
      case SPARSE_FLOAT_VECTOR ->
          field
              .setSparseFloatVector(
                  SparseFloatArray.newBuilder()
                      .setDim(like.getSparseFloatVector().getDim())
                      .addAllContents(all(values)))
              .build();
      case VECTOR_ARRAY ->
          field
              .setVectorArray(
                  VectorArray.newBuilder()
                      .setDim(like.getVectorArray().getDim())
                      .setElementType(like.getVectorArray().getElementType())
                      .addAllData(all(values)))
              .build();
      case DATA_NOT_SET -> like;
    };
  }

  private static ByteString joined(List<?> values) {
    return ByteString.copyFrom(ColumnValues.<ByteString>all(values));
  }

  @SuppressWarnings("unchecked") // The values came from a column of the same kind.
  private static <T> List<T> all(List<?> values) {
    return (List<T>) new ArrayList<>(values);
  }

  private static IllegalArgumentException unknown(String name, Enum<?> kind) {
    return new IllegalArgumentException(
        "Column %s is of a kind that cannot be split (%s).".formatted(name, kind));
  }
}
