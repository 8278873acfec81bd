package io.milvus.cdc.internal.wire;

import com.google.protobuf.ByteString;
import io.milvus.grpc.DataType;
import io.milvus.grpc.FieldData;
import io.milvus.grpc.ScalarField;
import io.milvus.grpc.VectorField;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Converts one value of a column between protobuf and Java. */
final class JavaValues {
  private JavaValues() {}

  /**
   * Returns the Java value: text for JSON, a list for an array of scalars or vectors, floats or
   * bytes for a vector.
   *
   * @throws IllegalArgumentException if a text would not be the same as the bytes
   */
  static Object toJava(FieldData column, @Nullable Object raw) {
    if (raw instanceof ByteString bytes) {
      return column.getScalars().hasJsonData()
          ? text(column.getFieldName(), bytes)
          : bytes.toByteArray();
    }
    if (raw instanceof ScalarField array) {
      return List.copyOf(ColumnValues.of(array));
    }
    if (raw instanceof VectorField array) {
      long dim = column.getVectors().getVectorArray().getDim();
      VectorField vectors = array.getDim() == 0 ? array.toBuilder().setDim(dim).build() : array;
      return ColumnValues.of(vectors).stream().map(one -> toJava(column, one)).toList();
    }
    if (raw instanceof List<?> floats) {
      float[] vector = new float[floats.size()];
      for (int i = 0; i < vector.length; i++) {
        vector[i] = (Float) floats.get(i);
      }
      return vector;
    }
    return Objects.requireNonNull(raw, "raw");
  }

  private static String text(String column, ByteString bytes) {
    if (!bytes.isValidUtf8()) {
      throw new IllegalArgumentException(
          "Column %s holds %d bytes that are no UTF-8.".formatted(column, bytes.size()));
    }
    return bytes.toStringUtf8();
  }

  /**
   * Returns the protobuf value of a plain Java value.
   *
   * @throws IllegalArgumentException if a column of this kind cannot hold it
   */
  static Object fromJava(String column, DataType type, ScalarField.DataCase kind, Object value) {
    if (kind == ScalarField.DataCase.BOOL_DATA && value instanceof Boolean) {
      return value;
    }
    if (value instanceof String text) {
      if (kind == ScalarField.DataCase.STRING_DATA) {
        return text;
      }
      if (kind == ScalarField.DataCase.JSON_DATA) {
        return ByteString.copyFromUtf8(text);
      }
    }
    boolean whole =
        value instanceof Byte
            || value instanceof Short
            || value instanceof Integer
            || value instanceof Long;
    if (whole && fits(type, ((Number) value).longValue())) {
      if (kind == ScalarField.DataCase.INT_DATA) {
        return ((Number) value).intValue();
      }
      if (kind == ScalarField.DataCase.LONG_DATA) {
        return ((Number) value).longValue();
      }
    }
    if (value instanceof Number number) {
      if (kind == ScalarField.DataCase.FLOAT_DATA) {
        return number.floatValue();
      }
      if (kind == ScalarField.DataCase.DOUBLE_DATA) {
        return number.doubleValue();
      }
    }
    throw new IllegalArgumentException(
        "Column %s (%s) cannot hold a %s of that value."
            .formatted(column, type, value.getClass().getSimpleName()));
  }

  private static boolean fits(DataType type, long value) {
    return switch (type) {
      case Int8 -> value == (byte) value;
      case Int16 -> value == (short) value;
      case Int32 -> value == (int) value;
      default -> true;
    };
  }
}
