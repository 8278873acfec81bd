package io.milvus.cdc.catalog;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * A collection of the source, with its partitions.
 *
 * @param schema the user's part of the schema
 * @param shards virtual channels, in shard order
 * @param startPositions base64 of the message id at which each physical channel of the collection
 *     begins, in the queue's own encoding; empty where the source does not say
 * @param consistency Milvus's name of the default consistency level, such as {@code Bounded}
 * @param partitions by id
 * @param droppedAt hybrid timestamp of its drop, 0 while it exists
 * @param names its names so far, oldest first, as far as they are known; the last is the one it has
 */
public record CollectionEntry(
    long id,
    long databaseId,
    String name,
    long createdAt,
    CollectionSchema schema,
    List<String> shards,
    Map<String, String> startPositions,
    String consistency,
    Map<String, String> properties,
    Map<Long, PartitionEntry> partitions,
    long droppedAt,
    List<Naming> names) {

  public CollectionEntry {
    names = names.isEmpty() ? List.of(new Naming(createdAt, databaseId, name)) : List.copyOf(names);
    shards = List.copyOf(shards);
    startPositions = Map.copyOf(startPositions);
    properties = Map.copyOf(properties);
    partitions = Map.copyOf(partitions);
  }

  /** A collection that has had one name all its life. */
  public CollectionEntry(
      long id,
      long databaseId,
      String name,
      long createdAt,
      CollectionSchema schema,
      List<String> shards,
      Map<String, String> startPositions,
      String consistency,
      Map<String, String> properties,
      Map<Long, PartitionEntry> partitions,
      long droppedAt) {
    this(
        id,
        databaseId,
        name,
        createdAt,
        schema,
        shards,
        startPositions,
        consistency,
        properties,
        partitions,
        droppedAt,
        List.of());
  }

  public boolean dropped() {
    return droppedAt != 0;
  }

  /** The physical channels that carry this collection, in shard order. */
  public List<String> channels() {
    return shards.stream().map(Channels::physicalOf).toList();
  }

  /** The shard whose virtual channel this is, or -1 where it belongs to another collection. */
  public int shardOf(String virtualChannel) {
    return shards.indexOf(virtualChannel);
  }

  /** The same collection with one partition added or replaced. */
  public CollectionEntry with(PartitionEntry partition) {
    Map<Long, PartitionEntry> changed = new TreeMap<>(partitions);
    changed.put(partition.id(), partition);
    return withPartitions(changed);
  }

  /** The same collection with these partitions and no others. */
  public CollectionEntry withPartitions(Map<Long, PartitionEntry> changed) {
    return new CollectionEntry(
        id,
        databaseId,
        name,
        createdAt,
        schema,
        shards,
        startPositions,
        consistency,
        properties,
        changed,
        droppedAt,
        names);
  }

  /** The same collection with these properties and no others. */
  public CollectionEntry withProperties(Map<String, String> changed) {
    return new CollectionEntry(
        id,
        databaseId,
        name,
        createdAt,
        schema,
        shards,
        startPositions,
        consistency,
        changed,
        partitions,
        droppedAt,
        names);
  }

  /** The same collection after its drop. */
  public CollectionEntry endedAt(long timestamp) {
    return new CollectionEntry(
        id,
        databaseId,
        name,
        createdAt,
        schema,
        shards,
        startPositions,
        consistency,
        properties,
        partitions,
        timestamp,
        names);
  }

  /** The name it has. */
  public Naming naming() {
    return names.get(names.size() - 1);
  }

  /** The same collection under the last of these names. */
  public CollectionEntry named(List<Naming> namings) {
    Naming last = namings.get(namings.size() - 1);
    return new CollectionEntry(
        id,
        last.databaseId(),
        last.name(),
        createdAt,
        schema,
        shards,
        startPositions,
        consistency,
        properties,
        partitions,
        droppedAt,
        namings);
  }

  /** The same collection after a change of its name; of the names before, the last is kept. */
  public CollectionEntry renamed(Naming to) {
    return named(List.of(naming(), to));
  }
}
