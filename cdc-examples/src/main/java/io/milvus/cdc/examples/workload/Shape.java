package io.milvus.cdc.examples.workload;

import io.milvus.cdc.examples.client.NewCollection;
import io.milvus.grpc.CollectionSchema;
import io.milvus.grpc.ConsistencyLevel;
import io.milvus.grpc.FieldSchema;
import java.util.List;
import java.util.Map;

/**
 * A kind of collection, without the database it is in.
 *
 * @param keyPartitions how many partitions a partition key spreads rows over
 * @param partitions made by name, besides the default one; none where there is a partition key
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

  /** One collection of this kind is named so, too. */
  public String name() {
    return schema.getName();
  }

  /** The same kind under another name. */
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

  /** Whether Milvus makes up the keys. */
  boolean automaticKeys() {
    return key().getAutoID();
  }

  /** Whether Milvus chooses the partition of each row. */
  boolean partitionKey() {
    return schema.getFieldsList().stream().anyMatch(FieldSchema::getIsPartitionKey);
  }
}
