package io.milvus.cdc.internal.client;

import com.google.protobuf.ByteString;
import io.milvus.grpc.FieldData;
import io.milvus.grpc.ScalarField;
import io.milvus.grpc.VectorField;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Reads the values of a column. */
public final class Cells {
  /** The field that holds the values of fields that a schema does not name. */
  public static final String DYNAMIC = "$meta";

  private Cells() {}

  /** Returns the number of values in a column. */
  public static int count(FieldData column) {
    return column.hasVectors() ? count(column.getVectors()) : count(column.getScalars());
  }

  private static int count(VectorField vectors) {
    int dimension = (int) Math.max(1, vectors.getDim());
    return vectors.hasFloatVector()
        ? vectors.getFloatVector().getDataCount() / dimension
        : vectors.getBinaryVector().size() * 8 / dimension;
  }

  /** Returns the number of values in an array or a column of scalars. */
  public static int count(ScalarField scalars) {
    return switch (scalars.getDataCase()) {
      case BOOL_DATA -> scalars.getBoolData().getDataCount();
      case INT_DATA -> scalars.getIntData().getDataCount();
      case LONG_DATA -> scalars.getLongData().getDataCount();
      case FLOAT_DATA -> scalars.getFloatData().getDataCount();
      case DOUBLE_DATA -> scalars.getDoubleData().getDataCount();
      case STRING_DATA -> scalars.getStringData().getDataCount();
      case JSON_DATA -> scalars.getJsonData().getDataCount();
      case ARRAY_DATA -> scalars.getArrayData().getDataCount();
      case DATA_NOT_SET -> 0;
      default -> throw unknown(scalars.getDataCase());
    };
  }

  /**
   * Returns whether a row is null here. The answer to a query has a place for each row all the
   * same: zero, or an empty text. This follows milvus-sdk-java 2.6, FieldDataWrapper.setNoneData.
   */
  public static boolean isNull(FieldData column, int row) {
    return column.getValidDataCount() > 0 && !column.getValidData(row);
  }

  /**
   * Returns one value: a boxed number or boolean, text, bytes, a list for arrays and vectors, or
   * null. Equal values are equal objects.
   */
  public static @Nullable Object value(FieldData column, int row) {
    if (isNull(column, row)) {
      return null;
    }
    return column.hasVectors() ? value(column.getVectors(), row) : value(column.getScalars(), row);
  }

  private static Object value(VectorField vectors, int row) {
    int dimension = (int) vectors.getDim();
    if (vectors.hasFloatVector()) {
      return vectors.getFloatVector().getDataList().subList(row * dimension, (row + 1) * dimension);
    }
    return bytes(vectors, row);
  }

  /** Returns one vector that is not a list of floats, as the protocol's bytes. */
  public static ByteString bytes(VectorField vectors, int row) {
    int dimension = (int) vectors.getDim();
    return switch (vectors.getDataCase()) {
      case BINARY_VECTOR -> part(vectors.getBinaryVector(), row, dimension / 8);
      case FLOAT16_VECTOR -> part(vectors.getFloat16Vector(), row, 2 * dimension);
      case BFLOAT16_VECTOR -> part(vectors.getBfloat16Vector(), row, 2 * dimension);
      case INT8_VECTOR -> part(vectors.getInt8Vector(), row, dimension);
      case SPARSE_FLOAT_VECTOR -> vectors.getSparseFloatVector().getContents(row);
      default -> throw unknown(vectors.getDataCase());
    };
  }

  private static ByteString part(ByteString all, int row, int length) {
    return all.substring(row * length, (row + 1) * length);
  }

  private static Object value(ScalarField scalars, int row) {
    return switch (scalars.getDataCase()) {
      case BOOL_DATA -> scalars.getBoolData().getData(row);
      case INT_DATA -> scalars.getIntData().getData(row);
      case LONG_DATA -> scalars.getLongData().getData(row);
      case FLOAT_DATA -> scalars.getFloatData().getData(row);
      case DOUBLE_DATA -> scalars.getDoubleData().getData(row);
      case STRING_DATA -> scalars.getStringData().getData(row);
      case JSON_DATA -> scalars.getJsonData().getData(row).toStringUtf8();
      case ARRAY_DATA -> values(scalars.getArrayData().getData(row));
      default -> throw unknown(scalars.getDataCase());
    };
  }

  private static List<Object> values(ScalarField array) {
    int count = count(array);
    List<Object> values = new ArrayList<>(count);
    for (int i = 0; i < count; i++) {
      values.add(value(array, i));
    }
    return values;
  }

  private static IllegalArgumentException unknown(Enum<?> kind) {
    return new IllegalArgumentException("No such values in Milvus 2.3 to 2.5: " + kind);
  }
}
