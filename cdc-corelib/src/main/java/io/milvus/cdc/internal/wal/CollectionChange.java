package io.milvus.cdc.internal.wal;

import io.milvus.cdc.catalog.CollectionSchema;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** A change of a collection or its partitions. Each shard and the control channel have a copy. */
public sealed interface CollectionChange extends WalChange {
  /** Returns the id of the collection. */
  long collectionId();

  /** Calls the visitor's method for this kind. */
  <R> R accept(Kinds<R> kinds);

  @Override
  default <R> R accept(Visitor<R> visitor) {
    return visitor.collection(this);
  }

  /**
   * Creates a collection.
   *
   * @param partitions the names of its first partitions by their ids
   */
  record Create(
      long collectionId,
      long databaseId,
      String database,
      String name,
      CollectionSchema schema,
      String consistency,
      Map<String, String> properties,
      List<String> shards,
      Map<Long, String> partitions)
      implements CollectionChange {
    public Create {
      properties = Map.copyOf(properties);
      shards = List.copyOf(shards);
      partitions = Map.copyOf(partitions);
    }

    @Override
    public <R> R accept(Kinds<R> kinds) {
      return kinds.create(this);
    }
  }

  /** Drops a collection, and with it its partitions, indexes and load. */
  record Drop(long collectionId) implements CollectionChange {
    @Override
    public <R> R accept(Kinds<R> kinds) {
      return kinds.drop(this);
    }
  }

  /** Creates a partition. */
  record CreatePartition(long collectionId, long partitionId, String name)
      implements CollectionChange {
    @Override
    public <R> R accept(Kinds<R> kinds) {
      return kinds.createPartition(this);
    }
  }

  /** Drops a partition, and with it its load. */
  record DropPartition(long collectionId, long partitionId) implements CollectionChange {
    @Override
    public <R> R accept(Kinds<R> kinds) {
      return kinds.dropPartition(this);
    }
  }

  /**
   * Replaces some values of a collection. Each value is whole, and null if it stays.
   *
   * @param place the database that the collection moves to
   * @param schema the user's part
   * @param properties without the consistency level
   * @param replicas the number of copies that a loaded collection has from now on
   * @param droppedFields the ids of the fields that the schema no longer has (since 3.0)
   */
  record Alter(
      long collectionId,
      @Nullable Place place,
      @Nullable String name,
      @Nullable String description,
      @Nullable CollectionSchema schema,
      @Nullable String consistency,
      @Nullable Map<String, String> properties,
      @Nullable Integer replicas,
      Set<Long> droppedFields)
      implements CollectionChange {
    @Override
    public <R> R accept(Kinds<R> kinds) {
      return kinds.alter(this);
    }
  }

  /** A database. */
  record Place(long databaseId, String database) {}

  /** Deletes all older rows of a collection, on the shard of this copy. */
  record Truncate(long collectionId) implements CollectionChange {
    @Override
    public <R> R accept(Kinds<R> kinds) {
      return kinds.truncate(this);
    }
  }

  /** Handles each kind by a method of its own. R is the type that its methods return. */
  interface Kinds<R> {
    R create(Create change);

    R drop(Drop change);

    R createPartition(CreatePartition change);

    R dropPartition(DropPartition change);

    R alter(Alter change);

    R truncate(Truncate change);
  }
}
