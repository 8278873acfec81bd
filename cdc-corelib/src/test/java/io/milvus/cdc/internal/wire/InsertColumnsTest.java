package io.milvus.cdc.internal.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.protobuf.ByteString;
import io.milvus.grpc.DataType;
import io.milvus.grpc.FieldData;
import io.milvus.grpc.FloatArray;
import io.milvus.grpc.GeometryArray;
import io.milvus.grpc.ScalarField;
import io.milvus.grpc.SparseFloatArray;
import io.milvus.grpc.StringArray;
import io.milvus.grpc.TimestamptzArray;
import io.milvus.grpc.VectorArray;
import io.milvus.grpc.VectorField;
import java.io.IOException;
import java.util.List;
import milvus.proto.msg.Msg;
import org.junit.jupiter.api.Test;

/** Columns of types that came with Milvus 2.6 and 3.x. */
class InsertColumnsTest {
  private static InsertColumns columns(int rows, FieldData.Builder... fields) throws IOException {
    Msg.InsertRequest.Builder message = Msg.InsertRequest.newBuilder().setNumRows(rows);
    for (int row = 0; row < rows; row++) {
      message.addTimestamps(9).addRowIDs(row);
    }
    for (FieldData.Builder field : fields) {
      message.addFieldsData(field.setFieldId(100));
    }
    return InsertColumns.parse(message.build().toByteArray());
  }

  private static FieldData.Builder scalars(DataType type, ScalarField.Builder values) {
    return FieldData.newBuilder().setType(type).setFieldName("f").setScalars(values);
  }

  private static FieldData.Builder vectors(DataType type, VectorField.Builder values) {
    return FieldData.newBuilder().setType(type).setFieldName("f").setVectors(values);
  }

  private static FloatArray.Builder floats(Float... values) {
    return FloatArray.newBuilder().addAllData(List.of(values));
  }

  @Test
  void textTimesAndGeometries() throws IOException {
    assertThat(
            columns(
                    1,
                    scalars(
                        DataType.Text,
                        ScalarField.newBuilder()
                            .setStringData(StringArray.newBuilder().addData("long"))))
                .value("f", 0))
        .isEqualTo("long");
    assertThat(
            columns(
                    1,
                    scalars(
                        DataType.Timestamptz,
                        ScalarField.newBuilder()
                            .setTimestamptzData(TimestamptzArray.newBuilder().addData(5L))))
                .value("f", 0))
        .isEqualTo(5L);
    assertThat(
            columns(
                    1,
                    scalars(
                        DataType.Geometry,
                        ScalarField.newBuilder()
                            .setGeometryData(
                                GeometryArray.newBuilder().addData(ByteString.fromHex("0101")))))
                .value("f", 0))
        .isEqualTo(new byte[] {1, 1});
  }

  @Test
  void arraysOfVectors() throws IOException {
    VectorField.Builder row = VectorField.newBuilder().setFloatVector(floats(1f, 2f, 3f, 4f));
    InsertColumns columns =
        columns(
            2,
            vectors(
                DataType.ArrayOfVector,
                VectorField.newBuilder()
                    .setDim(2)
                    .setVectorArray(
                        VectorArray.newBuilder()
                            .setDim(2)
                            .setElementType(DataType.FloatVector)
                            .addData(row)
                            .addData(
                                VectorField.newBuilder()
                                    .setDim(2)
                                    .setFloatVector(floats(5f, 6f))))));

    assertThat((List<?>) columns.value("f", 0))
        .satisfiesExactly(
            one -> assertThat((float[]) one).containsExactly(1, 2),
            one -> assertThat((float[]) one).containsExactly(3, 4));
    assertThat((List<?>) columns.value("f", 1)).hasSize(1);
  }

  private static FieldData.Builder nullableFloats() {
    return vectors(
            DataType.FloatVector,
            VectorField.newBuilder().setDim(2).setFloatVector(floats(1f, 2f, 5f, 6f)))
        .addAllValidData(List.of(true, false, true));
  }

  @Test
  void nullVectorsHaveNoPlaceInTheMessage() throws IOException {
    InsertColumns columns = columns(3, nullableFloats());

    assertThat((float[]) columns.value("f", 0)).containsExactly(1, 2);
    assertThat(columns.value("f", 1)).isNull();
    assertThat((float[]) columns.value("f", 2)).containsExactly(5, 6);
  }

  @Test
  void nullVectorsStayInASelectionOfRows() throws IOException {
    InsertColumns left = columns(3, nullableFloats()).only(new int[] {1, 2});

    assertThat(left.value("f", 0)).isNull();
    assertThat((float[]) left.value("f", 1)).containsExactly(5, 6);
    InsertColumns none = left.only(new int[] {0});
    assertThat(InsertColumns.parse(none.body()).value("f", 0)).isNull();
  }

  @Test
  void nullSparseVectors() throws IOException {
    InsertColumns columns =
        columns(
            2,
            vectors(
                    DataType.SparseFloatVector,
                    VectorField.newBuilder()
                        .setSparseFloatVector(
                            SparseFloatArray.newBuilder().addContents(ByteString.fromHex("07"))))
                .addAllValidData(List.of(false, true)));

    assertThat(columns.value("f", 0)).isNull();
    assertThat((byte[]) columns.value("f", 1)).containsExactly(7);
  }

  @Test
  void columnsThatAreAllNull() throws IOException {
    InsertColumns columns =
        columns(
            2,
            vectors(DataType.FloatVector, VectorField.newBuilder().setDim(2))
                .addAllValidData(List.of(false, false)));

    assertThat(columns.value("f", 0)).isNull();
    assertThat(columns.value("f", 1)).isNull();
  }

  @Test
  void missingValuesAreAnError() throws IOException {
    InsertColumns columns =
        columns(
            3,
            vectors(
                DataType.FloatVector,
                VectorField.newBuilder().setDim(2).setFloatVector(floats(1f, 2f))));

    assertThatThrownBy(() -> columns.value("f", 0))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("1 values for 3 rows");
  }
}
