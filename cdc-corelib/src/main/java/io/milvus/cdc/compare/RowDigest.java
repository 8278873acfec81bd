package io.milvus.cdc.compare;

import com.google.protobuf.ByteString;
import io.milvus.cdc.internal.client.Cells;
import io.milvus.grpc.FieldData;
import io.milvus.grpc.ScalarField;
import io.milvus.grpc.VectorField;
import java.util.List;

/** Computes a 64-bit digest of a row, the same for the same values. */
final class RowDigest {
  private static final long SEED = 0x9E3779B97F4A7C15L;

  /** Stands for no value. A real value is unlikely to equal it. */
  private static final long NULL = 0xD1B54A32D192ED03L;

  private RowDigest() {}

  /** Returns the digest of a row across columns, whose order counts. */
  static long of(List<FieldData> columns, int row) {
    long digest = SEED;
    for (FieldData column : columns) {
      digest = Cells.isNull(column, row) ? mix(digest, NULL) : value(digest, column, row);
    }
    return digest;
  }

  private static long value(long digest, FieldData column, int row) {
    return column.hasVectors()
        ? vector(digest, column.getVectors(), row)
        : scalar(digest, column.getScalars(), row);
  }

  private static long vector(long digest, VectorField vectors, int row) {
    if (!vectors.hasFloatVector()) {
      return bytes(digest, Cells.bytes(vectors, row));
    }
    int dimension = (int) vectors.getDim();
    long mixed = digest;
    for (int i = row * dimension; i < (row + 1) * dimension; i++) {
      mixed = mix(mixed, Float.floatToIntBits(vectors.getFloatVector().getData(i)));
    }
    return mixed;
  }

  private static long scalar(long digest, ScalarField column, int row) {
    return switch (column.getDataCase()) {
      case BOOL_DATA -> mix(digest, column.getBoolData().getData(row) ? 1 : 2);
      case INT_DATA -> mix(digest, column.getIntData().getData(row));
      case LONG_DATA -> mix(digest, column.getLongData().getData(row));
      case FLOAT_DATA -> mix(digest, Float.floatToIntBits(column.getFloatData().getData(row)));
      case DOUBLE_DATA -> mix(digest, Double.doubleToLongBits(column.getDoubleData().getData(row)));
      case STRING_DATA -> bytes(digest, column.getStringData().getDataBytes(row));
      case JSON_DATA -> bytes(digest, column.getJsonData().getData(row));
      case ARRAY_DATA -> array(digest, column.getArrayData().getData(row));
      default -> throw new IllegalArgumentException("No such values: " + column.getDataCase());
    };
  }

  private static long array(long digest, ScalarField array) {
    int count = Cells.count(array);
    long mixed = mix(digest, count);
    for (int i = 0; i < count; i++) {
      mixed = scalar(mixed, array, i);
    }
    return mixed;
  }

  private static long bytes(long digest, ByteString text) {
    long mixed = mix(digest, text.size());
    for (int i = 0; i < text.size(); i++) {
      mixed = mix(mixed, text.byteAt(i));
    }
    return mixed;
  }

  private static long mix(long digest, long value) {
    long mixed = (digest ^ value) * 0xBF58476D1CE4E5B9L;
    return mixed ^ (mixed >>> 32);
  }
}
