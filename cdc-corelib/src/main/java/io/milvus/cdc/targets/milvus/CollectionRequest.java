package io.milvus.cdc.targets.milvus;

import io.milvus.cdc.catalog.CollectionEntry;
import io.milvus.grpc.CollectionSchema;
import io.milvus.grpc.ConsistencyLevel;
import io.milvus.grpc.CreateCollectionRequest;
import io.milvus.grpc.KeyValuePair;
import io.milvus.grpc.MsgBase;

/** Creates the request for a collection like that of the source. */
final class CollectionRequest {
  private CollectionRequest() {}

  static CreateCollectionRequest of(
      MsgBase base, String database, CollectionEntry collection, CollectionSchema schema) {
    CreateCollectionRequest.Builder request =
        CreateCollectionRequest.newBuilder()
            .setBase(base)
            .setDbName(database)
            .setCollectionName(collection.name())
            .setSchema(schema.toByteString())
            .setShardsNum(collection.shards().size())
            .setConsistencyLevel(ConsistencyLevel.valueOf(collection.consistency()));
    if (collection.schema().partitionKey()) {
      request.setNumPartitions(collection.partitions().size());
    }
    collection
        .properties()
        .forEach(
            (key, value) ->
                request.addProperties(KeyValuePair.newBuilder().setKey(key).setValue(value)));
    return request.build();
  }
}
