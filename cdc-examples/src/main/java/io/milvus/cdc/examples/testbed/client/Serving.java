package io.milvus.cdc.examples.testbed.client;

import io.milvus.cdc.internal.client.CollectionServing;
import io.milvus.cdc.internal.client.Connection;
import io.milvus.cdc.internal.client.MilvusException;
import io.milvus.cdc.internal.milvus.Methods;
import io.milvus.grpc.DropIndexRequest;
import io.milvus.grpc.LoadPartitionsRequest;
import io.milvus.grpc.ReleasePartitionsRequest;
import java.time.Duration;
import java.util.List;

/** Prepares a collection for queries, in all the ways that Milvus offers to users. Thread-safe. */
public final class Serving extends CollectionServing {
  Serving(Connection connection, String database, String collection) {
    super(connection, database, collection);
  }

  /** Drops an index. The collection must not be loaded. */
  public void dropIndex(String field, String index) {
    DropIndexRequest request =
        DropIndexRequest.newBuilder()
            .setDbName(database())
            .setCollectionName(collection())
            .setFieldName(field)
            .setIndexName(index)
            .build();
    connection().change("drop index %s of %s".formatted(index, this), Methods.DROP_INDEX, request);
  }

  /** Starts to load some partitions. They may not be ready when this returns. */
  public void startLoad(List<String> partitions) {
    LoadPartitionsRequest request =
        LoadPartitionsRequest.newBuilder()
            .setDbName(database())
            .setCollectionName(collection())
            .addAllPartitionNames(partitions)
            .setReplicaNumber(1)
            .build();
    connection()
        .change(
            "load partitions %s of %s".formatted(partitions, this),
            Methods.LOAD_PARTITIONS,
            request);
  }

  /**
   * Loads the collection and waits until it can be queried.
   *
   * @throws MilvusException if that takes longer. A standby can load only while it receives ticks.
   */
  public void load(Duration atMost) {
    startLoad();
    awaitLoaded(atMost);
  }

  /** Releases one partition, if it is loaded. */
  public void releasePartition(String partition) {
    ReleasePartitionsRequest request =
        ReleasePartitionsRequest.newBuilder()
            .setDbName(database())
            .setCollectionName(collection())
            .addPartitionNames(partition)
            .build();
    connection()
        .change(
            "release partition %s of %s".formatted(partition, this),
            Methods.RELEASE_PARTITIONS,
            request);
  }
}
