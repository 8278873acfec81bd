package io.milvus.cdc.targets.events;

import io.milvus.cdc.catalog.AliasEntry;
import io.milvus.cdc.catalog.AliasName;
import io.milvus.cdc.catalog.CollectionEntry;
import io.milvus.cdc.catalog.DatabaseEntry;
import io.milvus.cdc.catalog.Naming;
import io.milvus.cdc.catalog.PartitionEntry;
import io.milvus.cdc.event.DataEvent;
import io.milvus.cdc.event.Delete;
import io.milvus.cdc.event.Insert;
import io.milvus.cdc.event.Payload;
import io.milvus.cdc.event.Position;
import io.milvus.cdc.event.RowsHeader;
import io.milvus.cdc.event.SchemaEvent;
import io.milvus.cdc.testkit.Entries;
import io.milvus.cdc.testkit.EveryType;
import io.milvus.cdc.testkit.Messages;
import io.milvus.grpc.CollectionSchema;
import io.milvus.grpc.DataType;
import io.milvus.grpc.FieldData;
import io.milvus.grpc.FieldSchema;
import io.milvus.grpc.KeyValuePair;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.LongStream;
import milvus.proto.msg.Msg;

/** What happens to a database with one collection, from beginning to end. */
final class Story {
  static final DatabaseEntry SHOP = new DatabaseEntry(7, "shop", 10, 0, Map.of("owner", "us"));
  static final CollectionEntry BOOKS = books();
  static final PartitionEntry OLD = new PartitionEntry(11, "old", 30, 0);
  static final AliasEntry ALIAS = new AliasEntry(new AliasName(7, "latest"), 1, 50, 0);
  static final Naming VOLUMES = new Naming(60, 7, "volumes");

  private Story() {}

  private static CollectionEntry books() {
    CollectionSchema.Builder schema =
        Entries.milvusSchema("books").toBuilder().setEnableDynamicField(true).removeFields(1);
    for (FieldData column : EveryType.columns(1)) {
      FieldSchema.Builder field =
          FieldSchema.newBuilder()
              .setFieldID(column.getFieldId())
              .setName(column.getFieldName())
              .setDataType(column.getType());
      if (column.getType() == DataType.Array) {
        field.setElementType(DataType.Int64);
      }
      if (column.hasVectors()) {
        field.addTypeParams(KeyValuePair.newBuilder().setKey("dim").setValue("8"));
      }
      schema.addFields(field);
    }
    CollectionEntry entry = Entries.collection(1, "books", 20, "s-dml_0", "s-dml_1");
    return Entries.in(SHOP, Entries.with(entry, Entries.encoded(schema.build(), false)));
  }

  static DataEvent insert(long timestamp, int... keys) {
    Long[] ids = Arrays.stream(keys).mapToObj(Long::valueOf).toArray(Long[]::new);
    return insert(
        timestamp, ids.length, Messages.integers("id", 100, List.of(ids)), EveryType.columns(keys));
  }

  static DataEvent insert(long timestamp, int rows, FieldData keys, List<FieldData> columns) {
    Msg.InsertRequest message =
        Messages.insert(BOOKS.shards().get(0), 1, 10, timestamp, rows, keys).toBuilder()
            .clearFieldsData()
            .addFieldsData(keys)
            .addAllFieldsData(columns)
            .build();
    return new Insert(header(timestamp, 10, rows), Payload.of(message.toByteArray()));
  }

  static DataEvent delete(long timestamp, long partition, Long... keys) {
    Msg.DeleteRequest message =
        Messages.delete(BOOKS.shards().get(0), 1, partition, timestamp, keys);
    return new Delete(header(timestamp, partition, keys.length), Payload.of(message.toByteArray()));
  }

  static Long[] keys(int count) {
    return LongStream.range(0, count).boxed().toArray(Long[]::new);
  }

  private static RowsHeader header(long timestamp, long partition, int rows) {
    return new RowsHeader(
        "s-dml_0",
        new Position("1:" + timestamp),
        timestamp,
        1,
        partition,
        BOOKS.shards().get(0),
        rows,
        0);
  }

  static SchemaEvent database() {
    return new SchemaEvent.CreateDatabase(10, SHOP);
  }

  static SchemaEvent collection() {
    return new SchemaEvent.CreateCollection(20, SHOP, BOOKS);
  }

  static SchemaEvent partition() {
    return new SchemaEvent.CreatePartition(30, SHOP, BOOKS, OLD);
  }

  static SchemaEvent noPartition() {
    return new SchemaEvent.DropPartition(40, SHOP, BOOKS, OLD);
  }

  static SchemaEvent alias() {
    return new SchemaEvent.SetAlias(50, SHOP, BOOKS, ALIAS);
  }

  static SchemaEvent rename() {
    return new SchemaEvent.RenameCollection(60, SHOP, SHOP, BOOKS, VOLUMES);
  }

  static SchemaEvent noAlias() {
    return new SchemaEvent.DropAlias(70, SHOP, ALIAS);
  }

  static SchemaEvent noCollection() {
    return new SchemaEvent.DropCollection(80, SHOP, BOOKS.renamed(VOLUMES));
  }

  static SchemaEvent noDatabase() {
    return new SchemaEvent.DropDatabase(90, SHOP);
  }
}
