package io.milvus.cdc.targets.milvus;

import io.milvus.cdc.catalog.Channels;
import io.milvus.cdc.catalog.CollectionEntry;
import io.milvus.cdc.catalog.Naming;
import io.milvus.cdc.catalog.PartitionEntry;
import io.milvus.cdc.error.TargetException;
import io.milvus.cdc.event.RowsHeader;
import io.milvus.cdc.internal.wire.Address;
import java.util.List;
import java.util.Map;

/**
 * A collection of the source and its counterpart.
 *
 * @param database the counterpart's database
 * @param shards the counterpart's virtual channels, in shard order
 * @param partitionIds the counterpart's partition ids, by name
 */
record Binding(
    CollectionEntry source,
    String database,
    long targetId,
    List<String> shards,
    Map<String, Long> partitionIds) {

  String name() {
    return source.name();
  }

  TargetCatalog.Name fullName() {
    return new TargetCatalog.Name(database, name());
  }

  /** Returns the counterpart's name, for people. */
  String place() {
    return fullName().toString();
  }

  /** Returns the physical channels of the counterpart. */
  List<String> channels() {
    return shards.stream().map(Channels::physicalOf).distinct().toList();
  }

  Binding with(CollectionEntry changed, Map<String, Long> ids) {
    return new Binding(changed, database, targetId, shards, ids);
  }

  /** Returns the same binding under another name. */
  Binding renamed(Naming to, String newDatabase) {
    return new Binding(source.renamed(to), newDatabase, targetId, shards, partitionIds);
  }

  /**
   * Returns the place that these rows are sent to.
   *
   * @throws Refusal if there is none, because they cannot be rows of this collection
   */
  Address addressOf(RowsHeader rows) throws Refusal {
    int shard = source.shardOf(rows.shard());
    if (shard < 0) {
      throw Refusal.because(
          "accept rows of %s for shard '%s'".formatted(place(), rows.shard()),
          "it has only the shards " + source.shards());
    }
    String channel = Channels.physicalOf(shards.get(shard));
    if (rows.partitionId() < 0) {
      return new Address(channel, shards.get(shard), database, name(), targetId, "", -1);
    }
    String partition = partitionOf(rows);
    return new Address(
        channel,
        shards.get(shard),
        database,
        name(),
        targetId,
        partition,
        partitionIds.getOrDefault(partition, -1L));
  }

  /**
   * Returns the name of the partition that these rows are in.
   *
   * @throws TargetException if the target lacks it
   */
  String partitionOf(RowsHeader rows) {
    PartitionEntry partition = source.partitions().get(rows.partitionId());
    if (partition == null || !partitionIds.containsKey(partition.name())) {
      throw new TargetException(
          "The target's collection %s.%s lacks partition %s (source id %d)."
              .formatted(
                  database, name(), partition == null ? "?" : partition.name(), rows.partitionId()),
          "It existed before. Create it again on the target, or delete the task and"
              + " create it again.");
    }
    return partition.name();
  }
}
