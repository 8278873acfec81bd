package io.milvus.cdc.examples.e2e.targets;

import io.milvus.cdc.catalog.CollectionEntry;
import io.milvus.cdc.catalog.CollectionSchema;
import io.milvus.cdc.catalog.DatabaseEntry;
import io.milvus.cdc.catalog.PartitionEntry;
import io.milvus.cdc.event.DataEvent;
import io.milvus.cdc.event.Insert;
import io.milvus.cdc.event.Payload;
import io.milvus.cdc.event.Position;
import io.milvus.cdc.event.RowsHeader;
import io.milvus.cdc.internal.client.Cells;
import io.milvus.grpc.DataType;
import io.milvus.grpc.FieldData;
import io.milvus.grpc.FieldSchema;
import io.milvus.grpc.FloatArray;
import io.milvus.grpc.KeyValuePair;
import io.milvus.grpc.LongArray;
import io.milvus.grpc.MsgBase;
import io.milvus.grpc.MsgType;
import io.milvus.grpc.ScalarField;
import io.milvus.grpc.StringArray;
import io.milvus.grpc.VectorField;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import milvus.proto.msg.Msg;
import org.jspecify.annotations.Nullable;

/**
 * A collection with nulls, and rows for it in messages of a Milvus 2.5, which the stack has not.
 */
final class Nulls {
  static final DatabaseEntry DATABASE = new DatabaseEntry(1, "default", 1, 0);
  private static final String SHARD = "src-dml_0_7v0";

  private Nulls() {}

  static CollectionEntry collection() {
    io.milvus.grpc.CollectionSchema schema =
        io.milvus.grpc.CollectionSchema.newBuilder()
            .setName("nulls")
            .addFields(field(100, "id", DataType.Int64).setIsPrimaryKey(true))
            .addFields(field(101, "price", DataType.Int64).setNullable(true))
            .addFields(
                field(102, "name", DataType.VarChar)
                    .setNullable(true)
                    .addTypeParams(KeyValuePair.newBuilder().setKey("max_length").setValue("50")))
            .addFields(
                field(103, "v", DataType.FloatVector)
                    .addTypeParams(KeyValuePair.newBuilder().setKey("dim").setValue("2")))
            .build();
    return CollectionEntry.builder(
            7,
            1,
            "nulls",
            1,
            new CollectionSchema(
                Base64.getEncoder().encodeToString(schema.toByteArray()), 100, false))
        .shards(List.of(SHARD))
        .partitions(Map.of(70L, new PartitionEntry(70, "_default", 1, 0)))
        .build();
  }

  private static FieldSchema.Builder field(long id, String name, DataType type) {
    return FieldSchema.newBuilder().setFieldID(id).setName(name).setDataType(type);
  }

  static Map<Long, @Nullable Object> prices() {
    return values(10L, null, 30L, null, 50L, null);
  }

  static Map<Long, @Nullable Object> names() {
    return values("a", "b", null, null, "e", null);
  }

  private static Map<Long, @Nullable Object> values(@Nullable Object... values) {
    Map<Long, @Nullable Object> byKey = new HashMap<>();
    for (int i = 0; i < values.length; i++) {
      byKey.put((long) i, values[i]);
    }
    return byKey;
  }

  /** Two messages, the second of which has no name at all. */
  static List<DataEvent> rows() {
    return List.of(rows(0, 3), rows(3, 3));
  }

  private static DataEvent rows(long first, int count) {
    LongArray.Builder keys = LongArray.newBuilder();
    LongArray.Builder prices = LongArray.newBuilder();
    StringArray.Builder names = StringArray.newBuilder();
    List<Boolean> priced = new ArrayList<>();
    List<Boolean> named = new ArrayList<>();
    FloatArray.Builder vectors = FloatArray.newBuilder();
    for (long key = first; key < first + count; key++) {
      Object price = prices().get(key);
      Object name = names().get(key);
      keys.addData(key);
      prices.addData(price == null ? 0 : (Long) price);
      priced.add(price != null);
      names.addData(name == null ? "" : (String) name);
      named.add(name != null);
      vectors.addData(key).addData(key);
    }
    byte[] body =
        Msg.InsertRequest.newBuilder()
            .setBase(MsgBase.newBuilder().setMsgType(MsgType.Insert).setMsgID(1).setTimestamp(2))
            .setShardName(SHARD)
            .setCollectionID(7)
            .setPartitionID(70)
            .addAllTimestamps(Collections.nCopies(count, 2L))
            .addFieldsData(
                column(100, "id", DataType.Int64, ScalarField.newBuilder().setLongData(keys)))
            .addFieldsData(
                column(101, "price", DataType.Int64, ScalarField.newBuilder().setLongData(prices))
                    .addAllValidData(priced))
            .addFieldsData(
                column(102, "name", DataType.VarChar, ScalarField.newBuilder().setStringData(names))
                    .addAllValidData(named))
            .addFieldsData(
                FieldData.newBuilder()
                    .setFieldId(103)
                    .setFieldName("v")
                    .setType(DataType.FloatVector)
                    .setVectors(VectorField.newBuilder().setDim(2).setFloatVector(vectors)))
            .setNumRows(count)
            .setVersion(Msg.InsertDataVersion.ColumnBased)
            .build()
            .toByteArray();
    return new Insert(
        new RowsHeader("src-dml_0", new Position("1:" + first), 2, 7, 70, SHARD, count, 1),
        Payload.of(body));
  }

  private static FieldData.Builder column(
      long id, String name, DataType type, ScalarField.Builder values) {
    return FieldData.newBuilder()
        .setFieldId(id)
        .setFieldName(name)
        .setType(type)
        .setScalars(values);
  }

  /** What a query answered for a field, by key; null where it says so. */
  static Map<Long, @Nullable Object> byKey(List<FieldData> columns, String name) {
    FieldData keys = named(columns, "id");
    FieldData column = named(columns, name);
    Map<Long, @Nullable Object> byKey = new HashMap<>();
    for (int row = 0; row < keys.getScalars().getLongData().getDataCount(); row++) {
      byKey.put(keys.getScalars().getLongData().getData(row), Cells.value(column, row));
    }
    return byKey;
  }

  private static FieldData named(List<FieldData> columns, String name) {
    return columns.stream().filter(c -> c.getFieldName().equals(name)).findFirst().orElseThrow();
  }
}
