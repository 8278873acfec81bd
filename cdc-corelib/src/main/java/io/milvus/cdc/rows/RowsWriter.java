package io.milvus.cdc.rows;

import io.milvus.cdc.catalog.CollectionEntry;
import io.milvus.cdc.catalog.CollectionSchema;
import io.milvus.cdc.catalog.PartitionEntry;
import io.milvus.cdc.event.Delete;
import io.milvus.cdc.event.Insert;
import io.milvus.cdc.event.Payload;
import io.milvus.cdc.event.RowsHeader;
import io.milvus.cdc.internal.wire.Address;
import io.milvus.cdc.internal.wire.MessageWriter;
import io.milvus.cdc.internal.wire.WrittenField;
import java.io.IOException;
import java.util.List;
import java.util.Map;

/**
 * Creates events of one collection's rows from Java values, as a Milvus would write them. For a
 * source that is not a Milvus. Immutable.
 */
public final class RowsWriter {
  private static final PartitionEntry ALL_PARTITIONS = new PartitionEntry(-1, "", 0, 0);

  private final CollectionEntry collection;
  private final MessageWriter messages;

  private RowsWriter(CollectionEntry collection, MessageWriter messages) {
    this.collection = collection;
    this.messages = messages;
  }

  /**
   * Returns a schema for the catalog entry of a collection. Its fields get the ids from 100 on.
   *
   * @param fields the fields, one of which is the primary key
   */
  public static CollectionSchema schema(String collection, List<Field> fields) {
    return MessageWriter.schema(
        collection,
        fields.stream()
            .map(
                field ->
                    new WrittenField(
                        field.name(),
                        field.type().milvusName(),
                        field.type().elementName(),
                        field.dimension(),
                        field.key()))
            .toList());
  }

  /**
   * Returns a writer for a collection as it is now. After a change of its name or its schema, use a
   * writer for the changed entry.
   *
   * @throws IllegalArgumentException if the entry's schema cannot be decoded
   */
  public static RowsWriter of(CollectionEntry collection) {
    try {
      return new RowsWriter(collection, MessageWriter.of(collection.schema()));
    } catch (IOException e) {
      throw new IllegalArgumentException(
          "The schema of collection %s cannot be decoded: %s. Use RowsWriter.schema to create one."
              .formatted(collection.name(), e.getMessage()),
          e);
    }
  }

  /**
   * Creates an insert of rows into one partition.
   *
   * @param rows maps of field names to values, with one value for each field of the schema
   * @throws IllegalArgumentException if a field cannot hold its value
   */
  public Insert insert(Slot at, PartitionEntry partition, List<? extends Map<String, ?>> rows) {
    byte[] body = messages.insert(address(at, partition), at.messageId(), at.timestamp(), rows);
    return new Insert(header(at, partition, rows.size()), Payload.of(body));
  }

  /**
   * Creates a delete of keys in all partitions.
   *
   * @param keys Longs or Strings, of the primary key's type
   */
  public Delete delete(Slot at, List<?> keys) {
    byte[] body =
        messages.delete(address(at, ALL_PARTITIONS), at.messageId(), at.timestamp(), keys);
    return new Delete(header(at, ALL_PARTITIONS, keys.size()), Payload.of(body));
  }

  private RowsHeader header(Slot at, PartitionEntry partition, int rows) {
    return new RowsHeader(
        collection.channels().get(at.shard()),
        at.position(),
        at.timestamp(),
        collection.id(),
        partition.id(),
        collection.shards().get(at.shard()),
        rows,
        at.messageId());
  }

  private Address address(Slot at, PartitionEntry partition) {
    return new Address(
        collection.channels().get(at.shard()),
        collection.shards().get(at.shard()),
        "",
        collection.name(),
        collection.id(),
        partition.name(),
        partition.id());
  }
}
