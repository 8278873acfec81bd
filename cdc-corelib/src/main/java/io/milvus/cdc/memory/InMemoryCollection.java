package io.milvus.cdc.memory;

import io.milvus.cdc.catalog.CollectionEntry;
import io.milvus.cdc.catalog.DatabaseEntry;
import io.milvus.cdc.catalog.Naming;
import io.milvus.cdc.catalog.PartitionEntry;
import io.milvus.cdc.error.ConfigException;
import io.milvus.cdc.event.DropMarker;
import io.milvus.cdc.rows.Field;
import io.milvus.cdc.rows.FieldType;
import io.milvus.cdc.rows.RowsWriter;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Changes a collection of an {@link InMemorySource}. Each call is one change, at one timestamp.
 * Thread-safe.
 *
 * <p>Rows are maps of field names to values, one for every field. If two rows have one key, the
 * collection holds the later one only. Use {@link #upsert} to replace a row.
 */
public final class InMemoryCollection {
  private static final String DEFAULT_PARTITION = "_default";

  private final SourceLog log;
  private final List<Field> fields;
  private final RowTable rows = new RowTable();
  private long id;

  private InMemoryCollection(SourceLog log, List<Field> fields) {
    this.log = log;
    this.fields = fields;
  }

  static InMemoryCollection create(
      SourceLog log, String database, String name, List<Field> fields) {
    Set<String> names = fields.stream().map(Field::name).collect(Collectors.toSet());
    if (names.size() < fields.size() || fields.stream().filter(Field::key).count() != 1) {
      throw new ConfigException(
          "Collection %s cannot be created from %s.".formatted(name, fields),
          "Pass fields with different names, one of which is the key.");
    }
    InMemoryCollection collection = new InMemoryCollection(log, fields);
    log.change(at -> collection.enter(log.database(database, at), name, at));
    return collection;
  }

  private void enter(DatabaseEntry database, String name, long at) {
    log.requireFree(database, name);
    id = log.id();
    List<String> names = new ArrayList<>();
    for (String channel : log.channels()) {
      names.add("%s_%dv%d".formatted(channel, id, names.size()));
    }
    long partition = log.id();
    log.put(
        CollectionEntry.builder(id, database.id(), name, at, RowsWriter.schema(name, fields))
            .shards(names)
            .partitions(Map.of(partition, new PartitionEntry(partition, DEFAULT_PARTITION, at, 0)))
            .build());
  }

  private CollectionEntry entry() {
    CollectionEntry entry = log.collection(id);
    if (entry.dropped()) {
      throw new IllegalStateException("Collection %s was dropped.".formatted(entry.name()));
    }
    return entry;
  }

  /** Inserts a row into the default partition. */
  public void insert(Map<String, ?> row) {
    insert(DEFAULT_PARTITION, List.of(row));
  }

  /**
   * Inserts rows into a partition.
   *
   * @throws IllegalArgumentException if there is no such partition, or if a row does not fit
   * @throws IllegalStateException if the collection was dropped
   */
  public void insert(String partition, List<? extends Map<String, ?>> some) {
    log.change(at -> insert(partition, some, at));
  }

  /** Inserts a row into the default partition, and replaces the row of the same key. */
  public void upsert(Map<String, ?> row) {
    upsert(DEFAULT_PARTITION, List.of(row));
  }

  /**
   * Inserts rows into a partition, and replaces rows of the same keys in all partitions.
   *
   * @throws IllegalArgumentException if there is no such partition, or if a row does not fit
   * @throws IllegalStateException if the collection was dropped
   */
  public void upsert(String partition, List<? extends Map<String, ?>> some) {
    log.change(
        at -> {
          // The insert comes first, because it may be rejected. Deletes of the same timestamp
          // precede it anyway.
          insert(partition, some, at);
          new ShardWriter(log, entry(), at).delete(some.stream().map(this::keyOf).toList());
        });
  }

  /**
   * Deletes the rows of these keys in all partitions. Unknown keys are ignored.
   *
   * @throws IllegalArgumentException if a value does not have the key's type
   */
  public void delete(Object... keys) {
    log.change(
        at -> {
          List<Object> all = List.of(keys);
          all.forEach(this::requireKey);
          new ShardWriter(log, entry(), at).delete(all);
          rows.remove(all);
        });
  }

  /** Adds a partition. */
  public void createPartition(String name) {
    log.change(
        at -> {
          if (partition(name) != null) {
            throw new ConfigException("Partition %s exists.".formatted(name), "Use another name.");
          }
          log.put(entry().with(new PartitionEntry(log.id(), name, at, 0)));
        });
  }

  /**
   * Drops a partition and its rows.
   *
   * @throws IllegalArgumentException if there is no such partition
   */
  public void dropPartition(String name) {
    log.change(
        at -> {
          PartitionEntry gone = requirePartition(name);
          log.put(entry().with(new PartitionEntry(gone.id(), name, gone.createdAt(), at)));
          rows.removePartition(gone.id());
        });
  }

  /**
   * Renames the collection in its database.
   *
   * @throws ConfigException if the name is in use
   */
  public void rename(String name) {
    log.change(
        at -> {
          CollectionEntry entry = entry();
          log.requireFree(
              new DatabaseEntry(entry.databaseId(), "of the same database", 0, 0), name);
          List<Naming> names = new ArrayList<>(entry.names());
          names.add(new Naming(at, entry.databaseId(), name));
          log.put(entry.named(names));
        });
  }

  /** Drops the collection with its rows. */
  public void drop() {
    log.change(
        at -> {
          CollectionEntry entry = entry();
          log.put(entry.endedAt(at));
          for (String channel : entry.channels()) {
            log.append(channel, new DropMarker(log.next(channel), at, id));
          }
          rows.clear();
        });
  }

  /**
   * Returns the present rows by key, in the form of {@link InMemoryTarget#rows}, so that both can
   * be compared.
   */
  public Map<Object, Map<String, @Nullable Object>> rows() {
    return rows.values();
  }

  private void insert(String partition, List<? extends Map<String, ?>> some, long at) {
    PartitionEntry into = requirePartition(partition);
    Set<String> names = fields.stream().map(Field::name).collect(Collectors.toSet());
    for (Map<String, ?> row : some) {
      if (!row.keySet().equals(names)) {
        throw new IllegalArgumentException(
            "A row has the fields %s. Set exactly the fields %s."
                .formatted(new HashSet<>(row.keySet()), names));
      }
    }
    Map<Object, Map<String, ?>> byKey = new LinkedHashMap<>();
    some.forEach(row -> byKey.put(keyOf(row), row));
    new ShardWriter(log, entry(), at).insert(into, byKey, rows);
  }

  private Object keyOf(Map<String, ?> row) {
    return requireKey(row.get(keyField().name()));
  }

  private Field keyField() {
    return fields.stream().filter(Field::key).findFirst().orElseThrow();
  }

  private Object requireKey(@Nullable Object key) {
    Class<?> type = keyField().type() == FieldType.TEXT ? String.class : Long.class;
    if (key == null || !type.isInstance(key)) {
      throw new IllegalArgumentException(
          "Key %s of field %s must be a %s."
              .formatted(key, keyField().name(), type.getSimpleName()));
    }
    return key;
  }

  private @Nullable PartitionEntry partition(String name) {
    return entry().partitions().values().stream()
        .filter(one -> !one.dropped() && one.name().equals(name))
        .findFirst()
        .orElse(null);
  }

  private PartitionEntry requirePartition(String name) {
    PartitionEntry found = partition(name);
    if (found == null) {
      throw new IllegalArgumentException(
          "There is no partition %s in collection %s.".formatted(name, entry().name()));
    }
    return found;
  }
}
