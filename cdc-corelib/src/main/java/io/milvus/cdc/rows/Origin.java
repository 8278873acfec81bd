package io.milvus.cdc.rows;

import io.milvus.cdc.catalog.CollectionEntry;
import io.milvus.cdc.catalog.PartitionEntry;
import io.milvus.cdc.event.RowsHeader;

/** Holds the place that rows come from. */
record Origin(RowsHeader header, String database, CollectionEntry collection) {

  /** Returns the partition's name, or an empty text if a delete names none. */
  String partition() {
    PartitionEntry partition = collection.partitions().get(header.partitionId());
    return partition == null ? "" : partition.name();
  }

  @Override
  public String toString() {
    return "message %s of channel %s, of collection %s.%s"
        .formatted(header.position(), header.channel(), database, collection.name());
  }
}
