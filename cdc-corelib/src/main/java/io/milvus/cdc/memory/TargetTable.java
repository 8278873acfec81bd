package io.milvus.cdc.memory;

import io.milvus.cdc.catalog.CollectionEntry;
import io.milvus.cdc.catalog.PartitionEntry;
import io.milvus.cdc.event.DataEvent;
import io.milvus.cdc.event.Delete;
import io.milvus.cdc.event.Insert;
import io.milvus.cdc.rows.Rows;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * Holds a collection of a target in memory. Rows that were sent are not visible before a tick. If
 * the session ends before it, they stay, and the next session's tick shows them. Thread-safe.
 */
final class TargetTable {
  private final CollectionEntry collection;
  private final Map<Long, String> partitions = new TreeMap<>();
  private final RowTable rows = new RowTable();
  private final List<Runnable> unseen = new ArrayList<>();
  private String database;
  private String name;

  TargetTable(String database, CollectionEntry collection) {
    this.database = database;
    this.name = collection.name();
    this.collection = collection;
  }

  synchronized String name() {
    return database + "." + name;
  }

  synchronized void rename(String toDatabase, String toName) {
    database = toDatabase;
    name = toName;
  }

  synchronized void add(PartitionEntry partition) {
    partitions.put(partition.id(), partition.name());
  }

  synchronized void drop(PartitionEntry partition) {
    tick();
    partitions.remove(partition.id());
    rows.removePartition(partition.id());
  }

  synchronized Set<String> partitions() {
    return new TreeSet<>(partitions.values());
  }

  /**
   * Accepts rows and decodes them, so that showing them cannot fail.
   *
   * @throws UncheckedIOException if they cannot be decoded
   * @throws IllegalArgumentException if they cannot be decoded
   */
  synchronized void send(DataEvent event) {
    long partition = event.header().partitionId();
    if (event instanceof Insert insert) {
      Map<Object, RowTable.Kept> some =
          RowTable.decode(Rows.of(insert, database, collection), partition);
      unseen.add(() -> rows.put(some));
    } else {
      List<Object> keys = Rows.of((Delete) event, database, collection).keys();
      unseen.add(() -> remove(keys, partition));
    }
  }

  private void remove(List<Object> keys, long partition) {
    if (partition < 0) {
      rows.remove(keys);
    } else {
      rows.remove(keys, partition);
    }
  }

  /** Shows all rows that were sent. */
  synchronized void tick() {
    unseen.forEach(Runnable::run);
    unseen.clear();
  }

  Map<Object, Map<String, @Nullable Object>> shown() {
    return rows.values();
  }
}
