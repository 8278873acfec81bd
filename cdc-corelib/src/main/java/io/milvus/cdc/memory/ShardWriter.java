package io.milvus.cdc.memory;

import io.milvus.cdc.catalog.CollectionEntry;
import io.milvus.cdc.catalog.PartitionEntry;
import io.milvus.cdc.event.Insert;
import io.milvus.cdc.rows.Rows;
import io.milvus.cdc.rows.RowsWriter;
import io.milvus.cdc.rows.Slot;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Writes a collection's rows to its shards at one timestamp, each to the shard of its key. */
final class ShardWriter {
  private final SourceLog log;
  private final CollectionEntry entry;
  private final RowsWriter writer;
  private final long at;

  ShardWriter(SourceLog log, CollectionEntry entry, long at) {
    this.log = log;
    this.entry = entry;
    this.writer = RowsWriter.of(entry);
    this.at = at;
  }

  /**
   * Writes rows, or throws and writes none. Stores them in the table in the form that readers get.
   */
  void insert(
      PartitionEntry partition, Map<Object, ? extends Map<String, ?>> byKey, RowTable table) {
    List<Insert> inserts = new ArrayList<>();
    byShard(byKey.keySet())
        .forEach(
            (shard, keys) -> {
              List<Map<String, ?>> rows = new ArrayList<>();
              keys.forEach(key -> rows.add(byKey.get(key)));
              inserts.add(writer.insert(slot(shard), partition, rows));
            });
    for (Insert insert : inserts) {
      log.append(insert.header().channel(), insert);
      table.put(RowTable.decode(Rows.of(insert, "", entry), partition.id()));
    }
  }

  /** Deletes keys in all partitions. */
  void delete(List<Object> keys) {
    byShard(keys)
        .forEach(
            (shard, some) ->
                log.append(entry.channels().get(shard), writer.delete(slot(shard), some)));
  }

  private Map<Integer, List<Object>> byShard(Iterable<?> keys) {
    Map<Integer, List<Object>> byShard = new TreeMap<>();
    for (Object key : keys) {
      int shard = Math.floorMod(key.hashCode(), entry.shards().size());
      byShard.computeIfAbsent(shard, unused -> new ArrayList<>()).add(key);
    }
    return byShard;
  }

  private Slot slot(int shard) {
    return new Slot(shard, log.next(entry.channels().get(shard)), log.id(), at);
  }
}
