package io.milvus.cdc.event;

import io.milvus.cdc.catalog.AliasEntry;
import io.milvus.cdc.catalog.AliasName;
import io.milvus.cdc.catalog.CollectionEntry;
import io.milvus.cdc.catalog.DatabaseEntry;
import io.milvus.cdc.catalog.Naming;
import io.milvus.cdc.catalog.PartitionEntry;

/** A change of the catalog, at one timestamp in the order of the rows. */
public sealed interface SchemaEvent {
  /** When, as a hybrid timestamp of the source. */
  long timestamp();

  /**
   * Returns an id of this change, made of its kind and of ids that the source never reuses, such as
   * {@code partition.created/4711}. It is the same whenever the change is repeated, in any process
   * and at any timestamp: the source may forget when a change was, and the creation of a partition
   * moves if its rows are older. No other change of the source has the same id. Ids stay the same
   * in later versions of this library, so a target may store them.
   */
  String id();

  /** The id of what this brings into being, or 0. */
  default long creates() {
    return 0;
  }

  /**
   * Whether a crash in the middle of it must be known afterwards, so that it is listed as applied
   * before it is.
   */
  default boolean listedFirst() {
    return creates() != 0;
  }

  /** Calls the visitor's method for this kind. */
  <X extends Exception> void accept(Visitor<X> visitor) throws X;

  /** A database appeared. */
  record CreateDatabase(long timestamp, DatabaseEntry database) implements SchemaEvent {
    @Override
    public String id() {
      // A database may be on the target under several names, if names are mapped.
      return "database.created/%d/%s".formatted(database.id(), database.name());
    }

    @Override
    public long creates() {
      return database.id();
    }

    @Override
    public <X extends Exception> void accept(Visitor<X> visitor) throws X {
      visitor.createDatabase(this);
    }
  }

  /** A database, empty by then, is gone. */
  record DropDatabase(long timestamp, DatabaseEntry database) implements SchemaEvent {
    @Override
    public String id() {
      return "database.dropped/%d/%s".formatted(database.id(), database.name());
    }

    @Override
    public <X extends Exception> void accept(Visitor<X> visitor) throws X {
      visitor.dropDatabase(this);
    }
  }

  /** A collection appeared, with the partitions it was born with. */
  record CreateCollection(long timestamp, DatabaseEntry database, CollectionEntry collection)
      implements SchemaEvent {
    /** Returns the {@link SchemaEvent#id id} of the creation of a collection. */
    public static String id(long collectionId) {
      return "collection.created/" + collectionId;
    }

    @Override
    public String id() {
      return id(collection.id());
    }

    @Override
    public long creates() {
      return collection.id();
    }

    @Override
    public <X extends Exception> void accept(Visitor<X> visitor) throws X {
      visitor.createCollection(this);
    }
  }

  /** A collection and all its rows are gone. */
  record DropCollection(long timestamp, DatabaseEntry database, CollectionEntry collection)
      implements SchemaEvent {
    @Override
    public String id() {
      return "collection.dropped/" + collection.id();
    }

    @Override
    public <X extends Exception> void accept(Visitor<X> visitor) throws X {
      visitor.dropCollection(this);
    }
  }

  /**
   * A collection got another name, another database, or both.
   *
   * @param from its database before
   * @param to its database after
   * @param collection as it was before
   */
  record RenameCollection(
      long timestamp,
      DatabaseEntry from,
      DatabaseEntry to,
      CollectionEntry collection,
      Naming naming)
      implements SchemaEvent {
    /**
     * Returns the {@link SchemaEvent#id id} of the rename of a collection.
     *
     * @param since when the collection got the name, as a hybrid timestamp of the source
     */
    public static String id(long collectionId, long since) {
      return "collection.renamed/%d/%d".formatted(collectionId, since);
    }

    @Override
    public String id() {
      return id(collection.id(), naming.since());
    }

    @Override
    public boolean listedFirst() {
      return true;
    }

    @Override
    public <X extends Exception> void accept(Visitor<X> visitor) throws X {
      visitor.renameCollection(this);
    }
  }

  /** A partition was added to a collection. */
  record CreatePartition(
      long timestamp, DatabaseEntry database, CollectionEntry collection, PartitionEntry partition)
      implements SchemaEvent {
    @Override
    public String id() {
      return "partition.created/" + partition.id();
    }

    @Override
    public long creates() {
      return partition.id();
    }

    @Override
    public <X extends Exception> void accept(Visitor<X> visitor) throws X {
      visitor.createPartition(this);
    }
  }

  /** A partition and all its rows are gone. */
  record DropPartition(
      long timestamp, DatabaseEntry database, CollectionEntry collection, PartitionEntry partition)
      implements SchemaEvent {
    @Override
    public String id() {
      return "partition.dropped/" + partition.id();
    }

    @Override
    public <X extends Exception> void accept(Visitor<X> visitor) throws X {
      visitor.dropPartition(this);
    }
  }

  /** An alias appeared, or moved here from another collection. */
  record SetAlias(
      long timestamp, DatabaseEntry database, CollectionEntry collection, AliasEntry alias)
      implements SchemaEvent {
    /**
     * Returns the text that the {@link SchemaEvent#id ids} of all settings of an alias begin with.
     */
    public static String idPrefix(AliasName alias) {
      return "alias.set/%d/%s/".formatted(alias.databaseId(), alias.text());
    }

    @Override
    public String id() {
      return "%s%d/%d".formatted(idPrefix(alias.name()), alias.collectionId(), alias.since());
    }

    @Override
    public <X extends Exception> void accept(Visitor<X> visitor) throws X {
      visitor.setAlias(this);
    }
  }

  /** An alias is gone, alone or with its collection. */
  record DropAlias(long timestamp, DatabaseEntry database, AliasEntry alias)
      implements SchemaEvent {
    @Override
    public String id() {
      return "alias.dropped/%d/%s/%d/%d"
          .formatted(
              alias.name().databaseId(), alias.name().text(), alias.collectionId(), alias.since());
    }

    @Override
    public <X extends Exception> void accept(Visitor<X> visitor) throws X {
      visitor.dropAlias(this);
    }
  }

  /**
   * One method a kind: adding a kind breaks every visitor at compile time, on purpose. X is what
   * its methods may throw.
   */
  interface Visitor<X extends Exception> {
    void createDatabase(CreateDatabase event) throws X;

    void dropDatabase(DropDatabase event) throws X;

    void createCollection(CreateCollection event) throws X;

    void dropCollection(DropCollection event) throws X;

    void renameCollection(RenameCollection event) throws X;

    void createPartition(CreatePartition event) throws X;

    void dropPartition(DropPartition event) throws X;

    void setAlias(SetAlias event) throws X;

    void dropAlias(DropAlias event) throws X;
  }
}
