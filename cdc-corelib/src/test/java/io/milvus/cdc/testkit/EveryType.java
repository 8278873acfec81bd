package io.milvus.cdc.testkit;

import com.google.protobuf.ByteString;
import io.milvus.grpc.ArrayArray;
import io.milvus.grpc.BoolArray;
import io.milvus.grpc.DataType;
import io.milvus.grpc.DoubleArray;
import io.milvus.grpc.FieldData;
import io.milvus.grpc.FloatArray;
import io.milvus.grpc.IntArray;
import io.milvus.grpc.JSONArray;
import io.milvus.grpc.LongArray;
import io.milvus.grpc.ScalarField;
import io.milvus.grpc.SparseFloatArray;
import io.milvus.grpc.VectorField;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Columns of every type. */
public final class EveryType {
  private EveryType() {}

  private static FieldData.Builder column(int id, DataType type) {
    return FieldData.newBuilder().setType(type).setFieldId(id).setFieldName(type.name());
  }

  private static FieldData scalar(int id, DataType type, ScalarField.Builder values) {
    return column(id, type).setScalars(values).build();
  }

  private static FieldData vector(int id, DataType type, VectorField.Builder values) {
    return column(id, type).setVectors(values.setDim(8)).build();
  }

  /** Every field type of Milvus 2.3, and those that came later, with a row for each number. */
  public static List<FieldData> columns(int... rows) {
    BoolArray.Builder bools = BoolArray.newBuilder();
    IntArray.Builder ints = IntArray.newBuilder();
    LongArray.Builder longs = LongArray.newBuilder();
    FloatArray.Builder floats = FloatArray.newBuilder();
    DoubleArray.Builder doubles = DoubleArray.newBuilder();
    List<String> texts = new ArrayList<>();
    JSONArray.Builder json = JSONArray.newBuilder();
    ArrayArray.Builder arrays = ArrayArray.newBuilder().setElementType(DataType.Int64);
    FloatArray.Builder dense = FloatArray.newBuilder();
    ByteString bits = ByteString.EMPTY;
    ByteString halves = ByteString.EMPTY;
    ByteString bytes = ByteString.EMPTY;
    SparseFloatArray.Builder sparse = SparseFloatArray.newBuilder().setDim(99);
    for (int row : rows) {
      for (int d = 0; d < 8; d++) {
        dense.addData(row * 10 + d);
      }
      bools.addData(row % 2 == 0);
      ints.addData(row);
      longs.addData(row);
      floats.addData(row / 8f);
      doubles.addData(row / 8.0);
      texts.add("text" + row);
      json.addData(ByteString.copyFromUtf8("{\"n\":%d}".formatted(row)));
      LongArray.Builder elements = LongArray.newBuilder();
      for (long i = 0; i < row; i++) {
        elements.addData(i);
      }
      arrays.addData(
          row == 1
              ? ScalarField.getDefaultInstance()
              : ScalarField.newBuilder().setLongData(elements).build());
      byte[] pattern = new byte[16];
      Arrays.fill(pattern, (byte) row);
      bits = bits.concat(ByteString.copyFrom(pattern, 0, 1));
      halves = halves.concat(ByteString.copyFrom(pattern));
      bytes = bytes.concat(ByteString.copyFrom(pattern, 0, 8));
      sparse.addContents(sparse(row));
    }
    List<FieldData> all = new ArrayList<>();
    all.add(scalar(101, DataType.Bool, ScalarField.newBuilder().setBoolData(bools)));
    all.add(scalar(102, DataType.Int8, ScalarField.newBuilder().setIntData(ints)));
    all.add(scalar(103, DataType.Int16, ScalarField.newBuilder().setIntData(ints)));
    all.add(scalar(104, DataType.Int32, ScalarField.newBuilder().setIntData(ints)));
    all.add(scalar(105, DataType.Int64, ScalarField.newBuilder().setLongData(longs)));
    all.add(scalar(106, DataType.Float, ScalarField.newBuilder().setFloatData(floats)));
    all.add(scalar(107, DataType.Double, ScalarField.newBuilder().setDoubleData(doubles)));
    all.add(Messages.strings("VarChar", 108, texts));
    all.add(scalar(109, DataType.JSON, ScalarField.newBuilder().setJsonData(json)));
    all.add(scalar(110, DataType.Array, ScalarField.newBuilder().setArrayData(arrays)));
    all.add(vector(111, DataType.FloatVector, VectorField.newBuilder().setFloatVector(dense)));
    all.add(vector(112, DataType.BinaryVector, VectorField.newBuilder().setBinaryVector(bits)));
    all.add(vector(113, DataType.Float16Vector, VectorField.newBuilder().setFloat16Vector(halves)));
    all.add(
        vector(114, DataType.BFloat16Vector, VectorField.newBuilder().setBfloat16Vector(halves)));
    all.add(
        vector(
            115,
            DataType.SparseFloatVector,
            VectorField.newBuilder().setSparseFloatVector(sparse)));
    all.add(vector(116, DataType.Int8Vector, VectorField.newBuilder().setInt8Vector(bytes)));
    return all;
  }

  /** So many entries: the index and half of it. */
  private static ByteString sparse(int entries) {
    ByteBuffer bytes = ByteBuffer.allocate(8 * entries).order(ByteOrder.LITTLE_ENDIAN);
    for (int i = 0; i < entries; i++) {
      bytes.putInt(i).putFloat(i / 2f);
    }
    return ByteString.copyFrom(bytes.flip());
  }
}
