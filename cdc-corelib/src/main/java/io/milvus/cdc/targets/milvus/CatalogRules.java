package io.milvus.cdc.targets.milvus;

import io.milvus.cdc.catalog.CollectionEntry;
import io.milvus.cdc.event.SchemaEvent;
import io.milvus.grpc.CollectionSchema;
import io.milvus.grpc.DescribeCollectionResponse;
import io.milvus.grpc.MsgBase;
import org.jspecify.annotations.Nullable;

/** What a target asks of changes of its catalog, by the way in which it gets its rows. */
interface CatalogRules {
  /** What such a request begins with. */
  MsgBase base(long timestamp);

  /** What a collection is to be on the target, without {@code $meta} and system fields. */
  CollectionSchema schemaOf(CollectionEntry collection);

  /**
   * Compares the schema of a collection that is there with what is wanted.
   *
   * @throws io.milvus.cdc.error.TargetException where it cannot hold the rows, with all that is
   *     different
   */
  void requireFit(String database, CollectionEntry wanted, DescribeCollectionResponse there);

  /**
   * Compares how a collection that is there is spread with what is wanted.
   *
   * @throws io.milvus.cdc.error.TargetException where the rows cannot be spread so
   */
  void requireSpread(String database, CollectionEntry wanted, DescribeCollectionResponse there);

  /**
   * Whether a collection that is there was made for one of the source.
   *
   * @param knownId what the target called it when it was made, null where nobody remembers
   */
  boolean isCounterpart(
      CollectionEntry collection, DescribeCollectionResponse there, @Nullable Long knownId);

  /** Returns when the target can take the change. */
  void await(SchemaEvent event) throws InterruptedException;

  /** Refuses a change of place that the target cannot follow. */
  void requireMovable(Binding from, Binding to);

  /** Tells the target's nodes that a collection was made. */
  void created(Binding collection, long timestamp) throws InterruptedException;

  /** Tells the target's nodes that a collection is about to be dropped. */
  void dropping(Binding collection, long timestamp) throws InterruptedException;

  /** Tells the target's nodes that a partition is about to be dropped. */
  void dropping(Binding collection, String partition, long partitionId, long timestamp)
      throws InterruptedException;
}
