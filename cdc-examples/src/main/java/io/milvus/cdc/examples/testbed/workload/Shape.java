package io.milvus.cdc.examples.testbed.workload;

import io.milvus.cdc.examples.testbed.client.NewCollection;
import io.milvus.grpc.CollectionSchema;
import io.milvus.grpc.ConsistencyLevel;
import io.milvus.grpc.FieldSchema;
import java.util.List;
import java.util.Map;

/**
 * Describes a kind of collection, without its database.
 *
 * @param keyPartitions the number of partitions across which a partition key spreads rows
 * @param partitions created by name, besides the default one; none if there is a partition key
 */
public record Shape(
    CollectionSchema schema,
    int shards,
    ConsistencyLevel consistency,
    Map<String, String> properties,
    int keyPartitions,
    List<String> partitions) {
  /** Copies the collections. */
  public Shape {
    properties = Map.copyOf(properties);
    partitions = List.copyOf(partitions);
  }

  /** Returns the name of the kind, which is also the name of one collection. */
  public String name() {
    return schema.getName();
  }

  /** Returns the same kind under another name. */
  public Shape named(String name) {
    return new Shape(
        schema.toBuilder().setName(name).build(),
        shards,
        consistency,
        properties,
        keyPartitions,
        partitions);
  }

  public NewCollection in(String database) {
    return new NewCollection(database, schema, shards, consistency, properties, keyPartitions);
  }

  FieldSchema key() {
    return schema.getFieldsList().stream()
        .filter(FieldSchema::getIsPrimaryKey)
        .findFirst()
        .orElseThrow();
  }

  /** Returns whether Milvus generates the keys. */
  boolean automaticKeys() {
    return key().getAutoID();
  }

  /** Returns whether Milvus chooses the partition of each row. */
  boolean partitionKey() {
    return schema.getFieldsList().stream().anyMatch(FieldSchema::getIsPartitionKey);
  }
}
