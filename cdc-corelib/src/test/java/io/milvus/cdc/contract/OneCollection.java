package io.milvus.cdc.contract;

import io.milvus.cdc.catalog.CollectionEntry;
import io.milvus.cdc.catalog.DatabaseEntry;
import io.milvus.cdc.catalog.PartitionEntry;
import io.milvus.cdc.catalog.Timestamps;
import io.milvus.cdc.event.DataEvent;
import io.milvus.cdc.event.Insert;
import io.milvus.cdc.event.Payload;
import io.milvus.cdc.event.Position;
import io.milvus.cdc.event.SchemaEvent;
import io.milvus.cdc.rows.Field;
import io.milvus.cdc.rows.FieldType;
import io.milvus.cdc.rows.RowsWriter;
import io.milvus.cdc.rows.Slot;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * A collection of two shards and two partitions, whose rows have a key, a text and a vector, and
 * the events of its life, each later than the one before.
 */
public final class OneCollection {
  static final String DATABASE = "contract_db";
  static final String NAME = "books";
  static final String KEY = "id";
  static final String TEXT = "text";

  /** A column of one byte, which promises more than there is. */
  private static final byte[] TORN_COLUMN = {(13 << 3) | 2, 1, 8};

  private static final long ID = 4711;

  private final DatabaseEntry database;
  private final PartitionEntry first;
  private final PartitionEntry second;
  private final CollectionEntry collection;
  private final RowsWriter writer;
  private long now = Timestamps.of(Instant.now().minus(Duration.ofHours(1)));
  private long messages;

  OneCollection(FieldType keys, Field... more) {
    database = new DatabaseEntry(ID + 1, DATABASE, tick(), 0);
    long createdAt = tick();
    first = new PartitionEntry(ID + 2, "_default", createdAt, 0);
    second = new PartitionEntry(ID + 3, "second", tick(), 0);
    List<Field> fields =
        new ArrayList<>(List.of(Field.key(KEY, keys), Field.of(TEXT, FieldType.TEXT)));
    fields.addAll(Arrays.asList(more));
    fields.add(Field.vector("vector", 2));
    collection =
        CollectionEntry.builder(ID, database.id(), NAME, createdAt, RowsWriter.schema(NAME, fields))
            .shards(List.of("contract-dml_0_4711v0", "contract-dml_1_4711v1"))
            .partitions(Map.of(first.id(), first))
            .build();
    writer = RowsWriter.of(collection.with(second));
  }

  DatabaseEntry database() {
    return database;
  }

  CollectionEntry entry() {
    return collection;
  }

  PartitionEntry first() {
    return first;
  }

  PartitionEntry second() {
    return second;
  }

  /** A later timestamp than all before. */
  long tick() {
    now = Timestamps.plusMillis(now, 1);
    return now;
  }

  /** The last timestamp. */
  long now() {
    return now;
  }

  SchemaEvent.CreateDatabase createDatabase() {
    return new SchemaEvent.CreateDatabase(database.createdAt(), database);
  }

  SchemaEvent.CreateCollection create() {
    return new SchemaEvent.CreateCollection(collection.createdAt(), database, collection);
  }

  SchemaEvent.CreatePartition createSecond() {
    return new SchemaEvent.CreatePartition(second.createdAt(), database, collection, second);
  }

  static Map<String, Object> row(Object key, String text) {
    return Map.of(KEY, key, TEXT, text, "vector", List.of(0.5f, 1f));
  }

  /** An insert into the first partition at a timestamp of its own. */
  List<DataEvent> insert(List<? extends Map<String, ?>> rows) {
    return insert(tick(), first, rows);
  }

  /** One event for each shard that gets rows. */
  List<DataEvent> insert(
      long timestamp, PartitionEntry partition, List<? extends Map<String, ?>> rows) {
    Map<Integer, List<Map<String, ?>>> byShard = new TreeMap<>();
    rows.forEach(
        row -> byShard.computeIfAbsent(shardOf(row.get(KEY)), shard -> new ArrayList<>()).add(row));
    List<DataEvent> events = new ArrayList<>();
    byShard.forEach(
        (shard, some) -> events.add(writer.insert(slot(shard, timestamp), partition, some)));
    return events;
  }

  /** A delete in all partitions at a timestamp of its own. */
  List<DataEvent> delete(List<?> keys) {
    return delete(tick(), keys);
  }

  List<DataEvent> delete(long timestamp, List<?> keys) {
    Map<Integer, List<Object>> byShard = new TreeMap<>();
    keys.forEach(key -> byShard.computeIfAbsent(shardOf(key), shard -> new ArrayList<>()).add(key));
    List<DataEvent> events = new ArrayList<>();
    byShard.forEach((shard, some) -> events.add(writer.delete(slot(shard, timestamp), some)));
    return events;
  }

  /** An insert of one row whose columns cannot be decoded. */
  DataEvent damaged(Object key) {
    Insert good = writer.insert(slot(shardOf(key), tick()), first, List.of(row(key, "damaged")));
    byte[] body = good.payload().bytes();
    byte[] torn = Arrays.copyOf(body, body.length + TORN_COLUMN.length);
    System.arraycopy(TORN_COLUMN, 0, torn, body.length, TORN_COLUMN.length);
    return good.with(Payload.of(torn));
  }

  private int shardOf(Object key) {
    return Math.floorMod(key.hashCode(), collection.shards().size());
  }

  private Slot slot(int shard, long timestamp) {
    messages++;
    return new Slot(shard, new Position("1:" + messages), messages, timestamp);
  }
}
