package io.milvus.cdc.order;

import io.milvus.cdc.catalog.Catalog;
import io.milvus.cdc.catalog.CollectionEntry;
import io.milvus.cdc.catalog.DatabaseEntry;
import io.milvus.cdc.catalog.PartitionEntry;
import io.milvus.cdc.event.RowsHeader;
import io.milvus.cdc.event.SchemaEvent;
import java.util.HashMap;
import java.util.Map;

/** What the target has, change by change. For one thread. */
public final class AppliedCatalog implements SchemaEvent.Visitor<RuntimeException> {
  private final Map<Long, DatabaseEntry> databases;
  private final Map<Long, CollectionEntry> collections;

  public AppliedCatalog(Catalog start) {
    databases = new HashMap<>(start.databases());
    collections = new HashMap<>(start.collections());
  }

  public Catalog catalog() {
    return new Catalog(databases, collections);
  }

  /** Whether the target has a place for these rows. */
  public boolean holds(RowsHeader rows) {
    CollectionEntry collection = collections.get(rows.collectionId());
    return collection != null
        && (rows.partitionId() < 0 || collection.partitions().containsKey(rows.partitionId()));
  }

  /** The target lost this collection, or never got it. */
  public void forget(CollectionEntry collection) {
    collections.remove(collection.id());
  }

  @Override
  public void createDatabase(SchemaEvent.CreateDatabase event) {
    databases.put(event.database().id(), event.database());
  }

  @Override
  public void dropDatabase(SchemaEvent.DropDatabase event) {
    databases.remove(event.database().id());
  }

  @Override
  public void createCollection(SchemaEvent.CreateCollection event) {
    collections.put(event.collection().id(), event.collection());
  }

  @Override
  public void dropCollection(SchemaEvent.DropCollection event) {
    collections.remove(event.collection().id());
  }

  @Override
  public void createPartition(SchemaEvent.CreatePartition event) {
    collections.computeIfPresent(
        event.collection().id(), (id, collection) -> collection.with(event.partition()));
  }

  @Override
  public void dropPartition(SchemaEvent.DropPartition event) {
    collections.computeIfPresent(
        event.collection().id(),
        (id, collection) -> {
          Map<Long, PartitionEntry> left = new HashMap<>(collection.partitions());
          left.remove(event.partition().id());
          return collection.withPartitions(left);
        });
  }
}
