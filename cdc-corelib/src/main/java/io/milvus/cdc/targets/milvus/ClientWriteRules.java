package io.milvus.cdc.targets.milvus;

import io.milvus.cdc.catalog.CollectionEntry;
import io.milvus.cdc.error.TargetException;
import io.milvus.cdc.event.SchemaEvent;
import io.milvus.grpc.CollectionSchema;
import io.milvus.grpc.DescribeCollectionResponse;
import io.milvus.grpc.FieldSchema;
import io.milvus.grpc.MsgBase;
import org.jspecify.annotations.Nullable;

/**
 * Lets the target assign its own timestamps to changes, which its nodes know. The task sends keys,
 * even if the source generates them, because an upsert cannot name a generated key.
 */
final class ClientWriteRules implements CatalogRules {
  private final TargetKind kind;

  ClientWriteRules(TargetKind kind) {
    this.kind = kind;
  }

  @Override
  public MsgBase base(long timestamp) {
    return MsgBase.getDefaultInstance();
  }

  @Override
  public CollectionSchema schemaOf(CollectionEntry collection) {
    CollectionSchema.Builder schema = SourceSchema.of(collection).toBuilder();
    schema.getFieldsBuilderList().forEach(FieldSchema.Builder::clearAutoID);
    return schema.build();
  }

  @Override
  public void requireFit(
      String database, CollectionEntry wanted, DescribeCollectionResponse there) {
    SchemaComparison.requireRoom(database, schemaOf(wanted), there.getSchema());
  }

  @Override
  public void requireSpread(
      String database, CollectionEntry wanted, DescribeCollectionResponse there) {
    // The target distributes rows itself.
  }

  /**
   * Treats unknown collections as foreign. They are filled from the beginning, which does not
   * change rows that exist already. Milvus Lite has no ids.
   */
  @Override
  public boolean isCounterpart(
      CollectionEntry collection, DescribeCollectionResponse there, @Nullable Long knownId) {
    return knownId != null && knownId == there.getCollectionID();
  }

  @Override
  public void await(SchemaEvent event) {
    // The target's own time counts.
  }

  @Override
  public void requireMovable(Binding from, Binding to) {
    if (kind.lite() && !from.database().equals(to.database())) {
      throw new TargetException(
          ("Collection %s was renamed to %s, and the target, a Milvus Lite (%s), moves no "
                  + "collection to another database.")
              .formatted(from.place(), to.place(), kind.version()),
          "Map both names into one database by rename, in a new task, or leave the "
              + "collection out of the selection.");
    }
  }

  @Override
  public void created(Binding collection, long timestamp) {
    // The target informs its nodes itself, here and below.
  }

  @Override
  public void dropping(Binding collection, long timestamp) {}

  @Override
  public void dropping(Binding collection, String partition, long partitionId, long timestamp) {}
}
