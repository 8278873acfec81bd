package io.milvus.cdc.memory;

import io.milvus.cdc.catalog.CollectionEntry;
import io.milvus.cdc.catalog.PartitionEntry;
import io.milvus.cdc.event.Delete;
import io.milvus.cdc.event.Insert;
import io.milvus.cdc.event.Payload;
import io.milvus.cdc.event.Position;
import io.milvus.cdc.event.RowsHeader;
import io.milvus.cdc.internal.wire.Address;
import io.milvus.cdc.internal.wire.MessageWriter;
import io.milvus.cdc.rows.Rows;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Writes a collection's rows to its shards, each to that of its key. */
final class ShardWriter {
  private static final long ALL_PARTITIONS = -1;

  private final SourceLog log;
  private final MessageWriter messages;

  ShardWriter(SourceLog log, MessageWriter messages) {
    this.log = log;
    this.messages = messages;
  }

  /** Writes rows, or throws and writes none. Keeps them in the table as a reader gets them. */
  void insert(
      CollectionEntry entry,
      PartitionEntry partition,
      long at,
      Map<Object, ? extends Map<String, ?>> byKey,
      RowTable table) {
    Map<Integer, List<Map<String, ?>>> byShard =
        byKey.entrySet().stream()
            .collect(
                Collectors.groupingBy(
                    row -> shardOf(entry, row.getKey()),
                    TreeMap::new,
                    Collectors.mapping(Map.Entry::getValue, Collectors.toList())));
    Map<Integer, byte[]> bodies = new TreeMap<>();
    byShard.forEach(
        (shard, rows) ->
            bodies.put(
                shard, messages.insert(address(entry, shard, partition), log.id(), at, rows)));
    bodies.forEach(
        (shard, body) -> {
          Payload payload = Payload.of(body);
          int count = byShard.getOrDefault(shard, List.of()).size();
          log.append(
              entry.channels().get(shard),
              position -> {
                RowsHeader header = header(entry, shard, partition.id(), position, at, count);
                Insert insert = new Insert(header, payload);
                table.put(Rows.of(insert, "", entry), partition.id());
                return insert;
              });
        });
  }

  /** Deletes keys in all partitions. */
  void delete(CollectionEntry entry, long at, List<Object> keys) {
    keys.stream()
        .collect(
            Collectors.groupingBy(key -> shardOf(entry, key), TreeMap::new, Collectors.toList()))
        .forEach(
            (shard, some) -> {
              Payload payload =
                  Payload.of(messages.delete(address(entry, shard, null), log.id(), at, some));
              log.append(
                  entry.channels().get(shard),
                  position ->
                      new Delete(
                          header(entry, shard, ALL_PARTITIONS, position, at, some.size()),
                          payload));
            });
  }

  private static int shardOf(CollectionEntry entry, Object key) {
    return Math.floorMod(key.hashCode(), entry.shards().size());
  }

  private RowsHeader header(
      CollectionEntry entry, int shard, long partition, Position position, long at, int count) {
    return new RowsHeader(
        entry.channels().get(shard),
        position,
        at,
        entry.id(),
        partition,
        entry.shards().get(shard),
        count,
        log.id());
  }

  private static Address address(
      CollectionEntry entry, int shard, @Nullable PartitionEntry partition) {
    return new Address(
        entry.channels().get(shard),
        entry.shards().get(shard),
        "",
        entry.name(),
        entry.id(),
        partition == null ? "" : partition.name(),
        partition == null ? ALL_PARTITIONS : partition.id());
  }
}
