package io.milvus.cdc.examples.testbed.workload;

import com.google.protobuf.ByteString;
import io.milvus.grpc.ArrayArray;
import io.milvus.grpc.BoolArray;
import io.milvus.grpc.DataType;
import io.milvus.grpc.DoubleArray;
import io.milvus.grpc.FloatArray;
import io.milvus.grpc.IntArray;
import io.milvus.grpc.JSONArray;
import io.milvus.grpc.LongArray;
import io.milvus.grpc.ScalarField;
import io.milvus.grpc.StringArray;

/** Generates columns of scalars, and arrays of them. */
final class ScalarColumn {
  private final Values values;

  ScalarColumn(Values values) {
    this.values = values;
  }

  ScalarField.Builder of(DataType type, int rows) {
    ScalarField.Builder column = ScalarField.newBuilder();
    return switch (type) {
      case Bool -> column.setBoolData(bools(rows));
      case Int8 -> column.setIntData(integers(Byte.SIZE, rows));
      case Int16 -> column.setIntData(integers(Short.SIZE, rows));
      case Int32 -> column.setIntData(integers(Integer.SIZE, rows));
      case Int64 -> column.setLongData(longs(rows));
      case Float -> column.setFloatData(floats(rows));
      case Double -> column.setDoubleData(doubles(rows));
      case VarChar -> column.setStringData(texts(rows));
      case JSON -> column.setJsonData(objects(rows));
      default -> throw new IllegalArgumentException("No column of scalars: " + type);
    };
  }

  ScalarField.Builder arrays(DataType element, int rows) {
    ArrayArray.Builder arrays = ArrayArray.newBuilder().setElementType(element);
    for (int i = 0; i < rows; i++) {
      arrays.addData(of(element, values.below(Fields.LONGEST_ARRAY + 1)));
    }
    return ScalarField.newBuilder().setArrayData(arrays);
  }

  private BoolArray.Builder bools(int rows) {
    BoolArray.Builder column = BoolArray.newBuilder();
    for (int i = 0; i < rows; i++) {
      column.addData(values.bool());
    }
    return column;
  }

  private IntArray.Builder integers(int bits, int rows) {
    IntArray.Builder column = IntArray.newBuilder();
    for (int i = 0; i < rows; i++) {
      column.addData(values.integer(bits));
    }
    return column;
  }

  private LongArray.Builder longs(int rows) {
    LongArray.Builder column = LongArray.newBuilder();
    for (int i = 0; i < rows; i++) {
      column.addData(values.int64());
    }
    return column;
  }

  private FloatArray.Builder floats(int rows) {
    FloatArray.Builder column = FloatArray.newBuilder();
    for (int i = 0; i < rows; i++) {
      column.addData(values.float32());
    }
    return column;
  }

  private DoubleArray.Builder doubles(int rows) {
    DoubleArray.Builder column = DoubleArray.newBuilder();
    for (int i = 0; i < rows; i++) {
      column.addData(values.float64());
    }
    return column;
  }

  private StringArray.Builder texts(int rows) {
    StringArray.Builder column = StringArray.newBuilder();
    for (int i = 0; i < rows; i++) {
      column.addData(values.text());
    }
    return column;
  }

  private JSONArray.Builder objects(int rows) {
    JSONArray.Builder column = JSONArray.newBuilder();
    for (int i = 0; i < rows; i++) {
      column.addData(ByteString.copyFromUtf8(values.object()));
    }
    return column;
  }
}
