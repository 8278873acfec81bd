package io.milvus.cdc.internal.wire;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.ByteString;
import io.milvus.cdc.testkit.Messages;
import io.milvus.grpc.ArrayArray;
import io.milvus.grpc.CollectionSchema;
import io.milvus.grpc.DataType;
import io.milvus.grpc.FieldData;
import io.milvus.grpc.FieldSchema;
import io.milvus.grpc.FloatArray;
import io.milvus.grpc.JSONArray;
import io.milvus.grpc.LongArray;
import io.milvus.grpc.ScalarField;
import io.milvus.grpc.SparseFloatArray;
import io.milvus.grpc.UpsertRequest;
import io.milvus.grpc.VectorField;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class UpsertRowsTest {
  private static final FieldSchema KEY =
      FieldSchema.newBuilder()
          .setFieldID(100)
          .setName("id")
          .setDataType(DataType.Int64)
          .setIsPrimaryKey(true)
          .build();

  private static FieldTraits traits(FieldSchema... fields) throws IOException {
    CollectionSchema schema =
        CollectionSchema.newBuilder().addFields(KEY).addAllFields(List.of(fields)).build();
    return FieldTraits.of(Base64.getEncoder().encodeToString(schema.toByteArray()));
  }

  private static FieldSchema.Builder field(String name, DataType type) {
    return FieldSchema.newBuilder().setName(name).setDataType(type);
  }

  private static InsertColumns insert(long firstKey, int rows, FieldData... columns)
      throws IOException {
    List<Long> keys = new ArrayList<>();
    for (int i = 0; i < rows; i++) {
      keys.add(firstKey + i);
    }
    return InsertColumns.parse(
        Messages.insert("s_1v0", 1, 10, 5, rows, Messages.integers("id", 100, keys)).toBuilder()
            .clearFieldsData()
            .addFieldsData(Messages.integers("id", 100, keys))
            .addAllFieldsData(List.of(columns))
            .build()
            .toByteArray());
  }

  private static Map<String, FieldData> columns(UpsertRows rows) throws IOException {
    UpsertRequest request = UpsertRequest.parseFrom(rows.request("d", "c", "p"));
    assertThat(request.getDbName()).isEqualTo("d");
    assertThat(request.getCollectionName()).isEqualTo("c");
    assertThat(request.getPartitionName()).isEqualTo("p");
    assertThat(request.getNumRows()).isEqualTo(rows.rows());
    Map<String, FieldData> byName = new TreeMap<>();
    request.getFieldsDataList().forEach(column -> byName.put(column.getFieldName(), column));
    return byName;
  }

  private static FieldData scalars(String name, DataType type, ScalarField.Builder values) {
    return FieldData.newBuilder().setFieldName(name).setType(type).setScalars(values).build();
  }

  private static FieldData vectors(String name, DataType type, VectorField.Builder values) {
    return FieldData.newBuilder().setFieldName(name).setType(type).setVectors(values).build();
  }

  private static ByteString bytes(int... values) {
    byte[] bytes = new byte[values.length];
    for (int i = 0; i < bytes.length; i++) {
      bytes[i] = (byte) values[i];
    }
    return ByteString.copyFrom(bytes);
  }

  @Test
  void columnsOfAllKindsArePutTogetherRowByRow() throws Exception {
    UpsertRows rows =
        new UpsertRows(
            traits(
                field("float", DataType.FloatVector).build(),
                field("binary", DataType.BinaryVector).build(),
                field("half", DataType.Float16Vector).build(),
                field("sparse", DataType.SparseFloatVector).build(),
                field("array", DataType.Array).build(),
                field("json", DataType.JSON).build()));
    rows.add(insert(1, 1, kinds(1)));
    rows.add(insert(2, 1, kinds(2)));

    Map<String, FieldData> columns = columns(rows);

    assertThat(columns.get("id").getScalars().getLongData().getDataList()).containsExactly(1L, 2L);
    VectorField floats = columns.get("float").getVectors();
    assertThat(floats.getDim()).isEqualTo(2);
    assertThat(floats.getFloatVector().getDataList()).containsExactly(1f, 1.5f, 2f, 2.5f);
    assertThat(columns.get("binary").getVectors().getBinaryVector()).isEqualTo(bytes(1, 2));
    assertThat(columns.get("half").getVectors().getFloat16Vector())
        .isEqualTo(bytes(1, 1, 1, 1, 2, 2, 2, 2));
    SparseFloatArray sparse = columns.get("sparse").getVectors().getSparseFloatVector();
    assertThat(sparse.getContentsList()).containsExactly(bytes(1), bytes(2));
    assertThat(sparse.getDim()).isEqualTo(30);
    ArrayArray arrays = columns.get("array").getScalars().getArrayData();
    assertThat(arrays.getElementType()).isEqualTo(DataType.Int64);
    assertThat(arrays.getDataList())
        .extracting(one -> one.getLongData().getDataList())
        .containsExactly(List.of(1L, 1L), List.of(2L, 2L));
    assertThat(columns.get("json").getScalars().getJsonData().getDataList())
        .extracting(ByteString::toStringUtf8)
        .containsExactly("{\"n\":1}", "{\"n\":2}");
  }

  /** One row of every kind; of sparse vectors the first has the more dimensions. */
  private static FieldData[] kinds(int n) {
    return new FieldData[] {
      vectors(
          "float",
          DataType.FloatVector,
          VectorField.newBuilder()
              .setDim(2)
              .setFloatVector(FloatArray.newBuilder().addData(n).addData(n + 0.5f))),
      vectors(
          "binary",
          DataType.BinaryVector,
          VectorField.newBuilder().setDim(8).setBinaryVector(bytes(n))),
      vectors(
          "half",
          DataType.Float16Vector,
          VectorField.newBuilder().setDim(2).setFloat16Vector(bytes(n, n, n, n))),
      vectors(
          "sparse",
          DataType.SparseFloatVector,
          VectorField.newBuilder()
              .setSparseFloatVector(
                  SparseFloatArray.newBuilder().addContents(bytes(n)).setDim(n == 1 ? 30 : 20))),
      scalars(
          "array",
          DataType.Array,
          ScalarField.newBuilder()
              .setArrayData(
                  ArrayArray.newBuilder()
                      .setElementType(DataType.Int64)
                      .addData(
                          ScalarField.newBuilder()
                              .setLongData(LongArray.newBuilder().addData(n).addData(n))))),
      scalars(
          "json",
          DataType.JSON,
          ScalarField.newBuilder()
              .setJsonData(
                  JSONArray.newBuilder()
                      .addData(ByteString.copyFromUtf8("{\"n\":%d}".formatted(n)))))
    };
  }

  @Test
  void valuesOfNullsAreLeftOutAndTheMaskStays() throws Exception {
    UpsertRows rows =
        new UpsertRows(traits(field("price", DataType.Int64).setNullable(true).build()));
    rows.add(insert(1, 3, masked("price", List.of(7L, 0L, 9L), true, false, true)));
    rows.add(insert(4, 2, masked("price", List.of(0L, 0L), false, false)));
    // A message may leave the mask out where nothing is null.
    rows.add(insert(6, 1, Messages.integers("price", 101, List.of(5L))));

    FieldData prices = columns(rows).get("price");

    assertThat(prices.getScalars().getLongData().getDataList()).containsExactly(7L, 9L, 5L);
    assertThat(prices.getValidDataList()).containsExactly(true, false, true, false, false, true);
  }

  private static FieldData masked(String name, List<Long> values, Boolean... valid) {
    return Messages.integers(name, 101, values).toBuilder().addAllValidData(List.of(valid)).build();
  }

  @Test
  void aFieldThatIsNeverNullLosesItsMaskAndKeepsItsDefaults() throws Exception {
    UpsertRows rows = new UpsertRows(traits(field("stock", DataType.Int64).build()));
    rows.add(insert(1, 2, masked("stock", List.of(3L, 99L), true, false)));

    FieldData stock = columns(rows).get("stock");

    assertThat(stock.getValidDataList()).isEmpty();
    assertThat(stock.getScalars().getLongData().getDataList()).containsExactly(3L, 99L);
  }

  @Test
  void whatTheServerComputesIsNotSent() throws Exception {
    UpsertRows rows =
        new UpsertRows(
            traits(field("embedding", DataType.FloatVector).setIsFunctionOutput(true).build()));
    rows.add(insert(1, 1, kinds(1)[0].toBuilder().setFieldName("embedding").build()));

    assertThat(columns(rows)).containsOnlyKeys("id");
  }
}
