package io.milvus.cdc.examples.client;

import io.milvus.grpc.CollectionSchema;
import io.milvus.grpc.ConsistencyLevel;
import java.util.Map;

/**
 * A collection to create.
 *
 * @param partitions how many, where the schema has a partition key; 0 for the server's default
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

  /** One with the defaults of the server. */
  public static NewCollection of(String database, CollectionSchema schema) {
    return new NewCollection(database, schema, 1, ConsistencyLevel.Bounded, Map.of(), 0);
  }
}
