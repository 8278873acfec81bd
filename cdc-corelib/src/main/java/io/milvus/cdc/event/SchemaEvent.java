package io.milvus.cdc.event;

import io.milvus.cdc.catalog.CollectionEntry;
import io.milvus.cdc.catalog.DatabaseEntry;
import io.milvus.cdc.catalog.PartitionEntry;

/** A change of the catalog, at one timestamp in the order of the rows. */
public sealed interface SchemaEvent {
  /** When, as a hybrid timestamp of the source. */
  long timestamp();

  <R> R accept(Visitor<R> visitor);

  /** A database appeared. */
  record CreateDatabase(long timestamp, DatabaseEntry database) implements SchemaEvent {
    @Override
    public <R> R accept(Visitor<R> visitor) {
      return visitor.createDatabase(this);
    }
  }

  /** A database, empty by then, is gone. */
  record DropDatabase(long timestamp, DatabaseEntry database) implements SchemaEvent {
    @Override
    public <R> R accept(Visitor<R> visitor) {
      return visitor.dropDatabase(this);
    }
  }

  /** A collection appeared, with the partitions it was born with. */
  record CreateCollection(long timestamp, DatabaseEntry database, CollectionEntry collection)
      implements SchemaEvent {
    @Override
    public <R> R accept(Visitor<R> visitor) {
      return visitor.createCollection(this);
    }
  }

  /** A collection and all its rows are gone. */
  record DropCollection(long timestamp, DatabaseEntry database, CollectionEntry collection)
      implements SchemaEvent {
    @Override
    public <R> R accept(Visitor<R> visitor) {
      return visitor.dropCollection(this);
    }
  }

  /** A partition was added to a collection. */
  record CreatePartition(
      long timestamp, DatabaseEntry database, CollectionEntry collection, PartitionEntry partition)
      implements SchemaEvent {
    @Override
    public <R> R accept(Visitor<R> visitor) {
      return visitor.createPartition(this);
    }
  }

  /** A partition and all its rows are gone. */
  record DropPartition(
      long timestamp, DatabaseEntry database, CollectionEntry collection, PartitionEntry partition)
      implements SchemaEvent {
    @Override
    public <R> R accept(Visitor<R> visitor) {
      return visitor.dropPartition(this);
    }
  }

  /** One method a kind: adding a kind breaks every visitor at compile time, on purpose. */
  interface Visitor<R> {
    R createDatabase(CreateDatabase event);

    R dropDatabase(DropDatabase event);

    R createCollection(CreateCollection event);

    R dropCollection(DropCollection event);

    R createPartition(CreatePartition event);

    R dropPartition(DropPartition event);
  }
}
