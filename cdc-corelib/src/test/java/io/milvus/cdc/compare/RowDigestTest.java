package io.milvus.cdc.compare;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.ByteString;
import io.milvus.cdc.internal.client.Cells;
import io.milvus.grpc.FieldData;
import io.milvus.grpc.FloatArray;
import io.milvus.grpc.LongArray;
import io.milvus.grpc.ScalarField;
import io.milvus.grpc.SparseFloatArray;
import io.milvus.grpc.VectorField;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class RowDigestTest {
  private static final ByteString BYTES =
      ByteString.copyFrom(new byte[] {1, 2, 3, 4, 5, 6, 7, 8, 1, 2, 3, 4, 5, 6, 7, 8});

  private static FieldData vectors(int dimension, VectorField.Builder values) {
    return FieldData.newBuilder().setVectors(values.setDim(dimension)).build();
  }

  /** Columns whose rows 0 and 2 are the same, and row 1 is another. */
  static Stream<FieldData> columns() {
    return Stream.of(
        FieldData.newBuilder()
            .setScalars(
                ScalarField.newBuilder()
                    .setLongData(LongArray.newBuilder().addAllData(List.of(1L, 2L, 1L))))
            .build(),
        FieldData.newBuilder()
            .addAllValidData(List.of(true, false, true))
            .setScalars(
                ScalarField.newBuilder()
                    .setLongData(LongArray.newBuilder().addAllData(List.of(0L, 0L, 0L))))
            .build(),
        vectors(
            2,
            VectorField.newBuilder()
                .setFloatVector(
                    FloatArray.newBuilder().addAllData(List.of(1f, 2f, 2f, 1f, 1f, 2f)))),
        vectors(32, VectorField.newBuilder().setBinaryVector(rows(4))),
        vectors(2, VectorField.newBuilder().setFloat16Vector(rows(4))),
        vectors(2, VectorField.newBuilder().setBfloat16Vector(rows(4))),
        vectors(4, VectorField.newBuilder().setInt8Vector(rows(4))),
        vectors(
            0,
            VectorField.newBuilder()
                .setSparseFloatVector(
                    SparseFloatArray.newBuilder()
                        .addContents(BYTES)
                        .addContents(ByteString.EMPTY)
                        .addContents(BYTES))));
  }

  private static ByteString rows(int length) {
    ByteString one = BYTES.substring(0, length);
    return one.concat(BYTES.substring(length, 2 * length)).concat(one);
  }

  @ParameterizedTest
  @MethodSource("columns")
  void rowsOfTheSameValuesHaveTheSameDigest(FieldData column) {
    assertThat(RowDigest.of(List.of(column), 0))
        .isEqualTo(RowDigest.of(List.of(column), 2))
        .isNotEqualTo(RowDigest.of(List.of(column), 1));
    assertThat(Cells.value(column, 0))
        .isEqualTo(Cells.value(column, 2))
        .isNotEqualTo(Cells.value(column, 1));
  }
}
