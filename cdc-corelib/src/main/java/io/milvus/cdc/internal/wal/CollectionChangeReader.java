package io.milvus.cdc.internal.wal;

import io.milvus.cdc.catalog.CollectionSchema;
import io.milvus.cdc.catalog.DatabaseEntry;
import io.milvus.cdc.internal.decode.KeyValues;
import io.milvus.cdc.internal.decode.UserSchema;
import io.milvus.cdc.proto.wal.AlterCollectionBody;
import io.milvus.cdc.proto.wal.AlterCollectionHeader;
import io.milvus.cdc.proto.wal.AlterCollectionUpdates;
import io.milvus.cdc.proto.wal.SchemaChangeBody;
import io.milvus.cdc.proto.wal.SchemaChangeHeader;
import io.milvus.cdc.proto.wal.TruncateCollectionHeader;
import io.milvus.grpc.ConsistencyLevel;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import milvus.proto.msg.Msg;
import org.jspecify.annotations.Nullable;

/** Reads messages about collections and partitions. */
final class CollectionChangeReader {
  /** Milvus keeps the consistency level among the properties of a message. */
  private static final String CONSISTENCY = "consistency_level";

  private static final Set<String> MASKS =
      Set.of("db", "collection_name", "description", "schema", CONSISTENCY, "properties");

  private CollectionChangeReader() {}

  static CollectionChange read(WalType type, WalMessage message) throws IOException {
    byte[] body = message.body().bytes();
    return switch (type) {
      case CREATE_COLLECTION -> create(Msg.CreateCollectionRequest.parseFrom(body));
      case DROP_COLLECTION ->
          new CollectionChange.Drop(Msg.DropCollectionRequest.parseFrom(body).getCollectionID());
      case CREATE_PARTITION -> {
        Msg.CreatePartitionRequest one = Msg.CreatePartitionRequest.parseFrom(body);
        yield new CollectionChange.CreatePartition(
            one.getCollectionID(), one.getPartitionID(), one.getPartitionName());
      }
      case DROP_PARTITION -> {
        Msg.DropPartitionRequest one = Msg.DropPartitionRequest.parseFrom(body);
        yield new CollectionChange.DropPartition(one.getCollectionID(), one.getPartitionID());
      }
      case SCHEMA_CHANGE ->
          schema(
              WalEnvelope.header(message, SchemaChangeHeader.parser()).getCollectionId(),
              UserSchema.of(SchemaChangeBody.parseFrom(body).getSchema()));
      case TRUNCATE_COLLECTION ->
          new CollectionChange.Truncate(
              WalEnvelope.header(message, TruncateCollectionHeader.parser()).getCollectionId());
      default ->
          altered(
              WalEnvelope.header(message, AlterCollectionHeader.parser()),
              AlterCollectionBody.parseFrom(body).getUpdates());
    };
  }

  @SuppressWarnings("deprecation") // Milvus before 2.6.6 fills the old field only.
  private static CollectionChange create(Msg.CreateCollectionRequest request) throws IOException {
    io.milvus.grpc.CollectionSchema schema =
        request.hasCollectionSchema()
            ? request.getCollectionSchema()
            : io.milvus.grpc.CollectionSchema.parseFrom(request.getSchema());
    if (request.getPartitionIDsCount() != request.getPartitionNamesCount()) {
      throw new IOException("its partitions have other names than ids");
    }
    Map<Long, String> partitions = new TreeMap<>();
    for (int i = 0; i < request.getPartitionIDsCount(); i++) {
      partitions.put(request.getPartitionIDs(i), request.getPartitionNames(i));
    }
    Map<String, String> properties = KeyValues.map(schema.getPropertiesList());
    String level = consistency(properties);
    return new CollectionChange.Create(
        request.getCollectionID(),
        request.getDbID() == 0 ? DatabaseEntry.DEFAULT_ID : request.getDbID(),
        request.getDbName(),
        request.getCollectionName(),
        UserSchema.of(schema),
        level == null ? ConsistencyLevel.Bounded.name() : level,
        properties,
        List.copyOf(request.getVirtualChannelNamesList()),
        partitions);
  }

  /** Removes the consistency level from properties, and returns its name, or null. */
  private static @Nullable String consistency(Map<String, String> properties) {
    String level = properties.remove(CONSISTENCY);
    ConsistencyLevel known =
        level == null ? null : ConsistencyLevel.forNumber(Integer.parseInt(level));
    return known == null ? null : known.name();
  }

  private static CollectionChange schema(long collection, CollectionSchema schema) {
    return new CollectionChange.Alter(
        collection, null, null, null, schema, null, null, null, Set.of());
  }

  private static CollectionChange altered(
      AlterCollectionHeader header, AlterCollectionUpdates updates) throws IOException {
    List<String> mask = header.getUpdateMask().getPathsList();
    if (!MASKS.containsAll(mask)) {
      throw new IOException("it alters %s of a collection".formatted(mask));
    }
    Map<String, String> properties =
        mask.contains("properties") ? KeyValues.map(updates.getPropertiesList()) : null;
    String level = properties == null ? null : consistency(properties);
    if (mask.contains(CONSISTENCY)) {
      level = updates.getConsistencyLevel().name();
    }
    return new CollectionChange.Alter(
        header.getCollectionId(),
        mask.contains("db")
            ? new CollectionChange.Place(updates.getDatabaseId(), updates.getDatabaseName())
            : null,
        mask.contains("collection_name") ? updates.getCollectionName() : null,
        mask.contains("description") ? updates.getDescription() : null,
        mask.contains("schema") ? UserSchema.of(updates.getSchema()) : null,
        level,
        properties,
        updates.hasReplicas() ? updates.getReplicas().getReplicaNumber() : null,
        Set.copyOf(header.getDroppedFieldIdsList()));
  }
}
