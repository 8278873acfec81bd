package io.milvus.cdc.sources.milvus;

import io.milvus.cdc.catalog.CollectionEntry;
import io.milvus.cdc.catalog.DatabaseEntry;
import io.milvus.cdc.catalog.Naming;
import io.milvus.cdc.catalog.PartitionEntry;
import io.milvus.cdc.internal.decode.KeyValues;
import io.milvus.cdc.internal.decode.UserSchema;
import io.milvus.cdc.proto.meta.CollectionInfo;
import io.milvus.grpc.FieldSchema;
import io.milvus.grpc.FunctionSchema;
import io.milvus.grpc.KeyDataPair;
import java.util.Base64;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** Builds catalog entries of collections from Milvus's separate records. */
final class CollectionEntries {
  private CollectionEntries() {}

  static CollectionEntry of(
      CollectionInfo info,
      Collection<FieldSchema> fields,
      Collection<FunctionSchema> functions,
      Map<Long, PartitionEntry> partitions,
      long droppedAt,
      List<Naming> names) {
    return CollectionEntry.builder(
            info.getId(),
            databaseOf(info),
            info.getSchema().getName(),
            info.getCreateTime(),
            UserSchema.of(info.getSchema(), fields, functions))
        .shards(info.getVirtualChannelNamesList())
        .startPositions(
            info.getStartPositionsList().stream()
                .collect(
                    Collectors.toMap(
                        KeyDataPair::getKey,
                        pair -> Base64.getEncoder().encodeToString(pair.getData().toByteArray()),
                        (first, last) -> last)))
        .consistency(info.getConsistencyLevel().name())
        .properties(KeyValues.map(info.getPropertiesList()))
        .partitions(partitions)
        .droppedAt(droppedAt)
        .names(names)
        .build();
  }

  /**
   * Returns the database of a collection. Collections from before databases existed have no id of
   * one.
   */
  static long databaseOf(CollectionInfo info) {
    return info.getDatabaseId() == 0 ? DatabaseEntry.DEFAULT_ID : info.getDatabaseId();
  }
}
