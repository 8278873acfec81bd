package io.milvus.cdc.targets.milvus;

import io.milvus.cdc.catalog.CollectionEntry;
import io.milvus.cdc.event.SchemaEvent;
import io.milvus.grpc.CollectionSchema;
import io.milvus.grpc.DescribeCollectionResponse;
import io.milvus.grpc.MsgBase;
import org.jspecify.annotations.Nullable;

/**
 * Defines the differences between standbys and targets of client writes in changes of the catalog.
 */
interface CatalogRules {
  /** Returns the header of such a request. */
  MsgBase base(long timestamp);

  /** Returns the schema of a collection on the target, without {@code $meta} and system fields. */
  CollectionSchema schemaOf(CollectionEntry collection);

  /**
   * Compares the schema of an existing collection with the wanted one.
   *
   * @throws io.milvus.cdc.error.TargetException with all differences, if it cannot hold the rows
   */
  void requireFit(String database, CollectionEntry wanted, DescribeCollectionResponse there);

  /**
   * Compares the shards and partitions of an existing collection with the wanted ones.
   *
   * @throws io.milvus.cdc.error.TargetException if the rows cannot be distributed in that way
   */
  void requireSpread(String database, CollectionEntry wanted, DescribeCollectionResponse there);

  /**
   * Returns whether an existing collection was created for a collection of the source.
   *
   * @param knownId the target's id at its creation, null if it is unknown
   */
  boolean isCounterpart(
      CollectionEntry collection, DescribeCollectionResponse there, @Nullable Long knownId);

  /** Returns when the target can accept the change. */
  void await(SchemaEvent event) throws InterruptedException;

  /** Rejects a move that the target cannot apply. */
  void requireMovable(Binding from, Binding to);

  /** Informs the target's nodes that a collection was created. */
  void created(Binding collection, long timestamp) throws InterruptedException;

  /** Informs the target's nodes that a collection is about to be dropped. */
  void dropping(Binding collection, long timestamp) throws InterruptedException;

  /** Informs the target's nodes that a partition is about to be dropped. */
  void dropping(Binding collection, String partition, long partitionId, long timestamp)
      throws InterruptedException;
}
