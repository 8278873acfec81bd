package io.milvus.cdc.sources.milvus;

import io.milvus.cdc.catalog.CollectionEntry;
import io.milvus.cdc.catalog.CollectionSchema;
import io.milvus.cdc.catalog.DatabaseEntry;
import io.milvus.cdc.catalog.Naming;
import io.milvus.cdc.catalog.PartitionEntry;
import io.milvus.cdc.proto.meta.CollectionInfo;
import io.milvus.grpc.FieldSchema;
import io.milvus.grpc.FunctionSchema;
import io.milvus.grpc.KeyDataPair;
import io.milvus.grpc.KeyValuePair;
import java.util.Base64;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** Builds catalog entries of collections from Milvus's separate records. */
final class CollectionEntries {
  /** Lower ids are the row id (0) and the row's timestamp (1), which every collection has. */
  private static final long FIRST_USER_FIELD = 100;

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
            schema(info, fields, functions))
        .shards(info.getVirtualChannelNamesList())
        .startPositions(
            info.getStartPositionsList().stream()
                .collect(
                    Collectors.toMap(
                        KeyDataPair::getKey,
                        pair -> Base64.getEncoder().encodeToString(pair.getData().toByteArray()),
                        (first, last) -> last)))
        .consistency(info.getConsistencyLevel().name())
        .properties(
            info.getPropertiesList().stream()
                .collect(
                    Collectors.toMap(
                        KeyValuePair::getKey, KeyValuePair::getValue, (first, last) -> last)))
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

  private static CollectionSchema schema(
      CollectionInfo info, Collection<FieldSchema> fields, Collection<FunctionSchema> functions) {
    var schema =
        info.getSchema().toBuilder().clearFields().clearFunctions().addAllFunctions(functions);
    long primaryKey = 0;
    boolean partitionKey = false;
    for (FieldSchema field : fields) {
      if (field.getFieldID() < FIRST_USER_FIELD) {
        continue;
      }
      if (field.getIsDynamic()) {
        schema.setEnableDynamicField(true);
        continue;
      }
      schema.addFields(field);
      primaryKey = field.getIsPrimaryKey() ? field.getFieldID() : primaryKey;
      partitionKey |= field.getIsPartitionKey();
    }
    return new CollectionSchema(
        Base64.getEncoder().encodeToString(schema.build().toByteArray()), primaryKey, partitionKey);
  }
}
