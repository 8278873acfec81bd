package io.milvus.cdc.examples.testbed.client;

import io.milvus.grpc.CollectionSchema;
import io.milvus.grpc.ConsistencyLevel;
import java.util.Map;

/**
 * Describes a collection to create.
 *
 * @param partitions the number of partitions if the schema has a partition key; 0 for the server's
 *     default
 */
public record NewCollection(
    String database,
    CollectionSchema schema,
    int shards,
    ConsistencyLevel consistency,
    Map<String, String> properties,
    int partitions) {
  /** Copies the properties. */
  public NewCollection {
    properties = Map.copyOf(properties);
  }

  /** Returns a collection with the server's defaults. */
  public static NewCollection of(String database, CollectionSchema schema) {
    return new NewCollection(database, schema, 1, ConsistencyLevel.Bounded, Map.of(), 0);
  }
}
