package io.milvus.cdc.event;

import io.milvus.cdc.catalog.AliasEntry;
import io.milvus.cdc.catalog.AliasName;
import io.milvus.cdc.catalog.Catalog;
import io.milvus.cdc.catalog.CollectionEntry;
import io.milvus.cdc.catalog.DatabaseEntry;
import io.milvus.cdc.catalog.Naming;
import io.milvus.cdc.catalog.PartitionEntry;
import org.jspecify.annotations.Nullable;

/** A change of the catalog, at one timestamp in the order of the rows. */
public sealed interface SchemaEvent {
  /** Returns the timestamp of the change, as a hybrid timestamp of the source. */
  long timestamp();

  /**
   * Returns the id of this change, which consists of its kind and of ids that the source never
   * reuses: {@code partition.created/4711}. No other change of the source has the same id. If the
   * change is repeated, its id is the same, in any process and at any timestamp. The timestamp may
   * differ: the source may forget it, and the creation of a partition moves if its rows are older.
   * Ids stay the same in later versions of this library, so a target may store them.
   */
  String id();

  /** Returns the id of the object that this change creates, or 0 if it creates none. */
  default long creates() {
    return 0;
  }

  /**
   * Returns whether the change is listed as applied before it is applied. A target can then find
   * the remains of a crash during the change. True for creations and renames.
   */
  default boolean listedFirst() {
    return false;
  }

  /** Returns whether the change drops something. */
  default boolean isDrop() {
    return false;
  }

  /** Returns the id of the collection that the change creates, alters or drops, or 0. */
  default long collectionId() {
    return 0;
  }

  /**
   * Returns the collection after the change, or null if it no longer exists.
   *
   * @param before the collection before the change, or null if there was none
   */
  default @Nullable CollectionEntry after(@Nullable CollectionEntry before) {
    return before;
  }

  /** Returns the database that the collection leaves by the change, or null if it leaves none. */
  default @Nullable DatabaseEntry movesFrom() {
    return null;
  }

  /** Returns the database that the change puts the collection into, or null if it stays. */
  default @Nullable DatabaseEntry movesTo() {
    return null;
  }

  /** Calls the visitor's method for this kind. */
  <X extends Exception> void accept(Visitor<X> visitor) throws X;

  /** Creates a database, a collection or a partition. */
  sealed interface Creation extends SchemaEvent {
    @Override
    long creates();

    @Override
    default boolean listedFirst() {
      return true;
    }

    /** Returns the change that drops the object, at the same timestamp. */
    SchemaEvent opposite();

    /** Returns whether the object exists in a catalog, and is not dropped there. */
    boolean existsIn(Catalog catalog);
  }

  /** Creates a database. */
  record CreateDatabase(long timestamp, DatabaseEntry database) implements Creation {
    @Override
    public String id() {
      // If names are mapped, a database may be on the target under several names.
      return "database.created/%d/%s".formatted(database.id(), database.name());
    }

    @Override
    public long creates() {
      return database.id();
    }

    @Override
    public SchemaEvent opposite() {
      return new DropDatabase(timestamp, database);
    }

    @Override
    public boolean existsIn(Catalog catalog) {
      DatabaseEntry there = catalog.databases().get(database.id());
      return there != null && !there.dropped();
    }

    @Override
    public <X extends Exception> void accept(Visitor<X> visitor) throws X {
      visitor.createDatabase(this);
    }
  }

  /** Drops a database, which is empty by then. */
  record DropDatabase(long timestamp, DatabaseEntry database) implements SchemaEvent {
    @Override
    public String id() {
      return "database.dropped/%d/%s".formatted(database.id(), database.name());
    }

    @Override
    public boolean isDrop() {
      return true;
    }

    @Override
    public <X extends Exception> void accept(Visitor<X> visitor) throws X {
      visitor.dropDatabase(this);
    }
  }

  /** Creates a collection with its first partitions. */
  record CreateCollection(long timestamp, DatabaseEntry database, CollectionEntry collection)
      implements Creation {
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
    public SchemaEvent opposite() {
      return new DropCollection(timestamp, database, collection);
    }

    @Override
    public boolean existsIn(Catalog catalog) {
      CollectionEntry there = catalog.collections().get(collection.id());
      return there != null && !there.dropped();
    }

    @Override
    public long collectionId() {
      return collection.id();
    }

    @Override
    public @Nullable CollectionEntry after(@Nullable CollectionEntry before) {
      return collection;
    }

    @Override
    public DatabaseEntry movesTo() {
      return database;
    }

    @Override
    public <X extends Exception> void accept(Visitor<X> visitor) throws X {
      visitor.createCollection(this);
    }
  }

  /** Drops a collection and all its rows. */
  record DropCollection(long timestamp, DatabaseEntry database, CollectionEntry collection)
      implements SchemaEvent {
    @Override
    public String id() {
      return "collection.dropped/" + collection.id();
    }

    @Override
    public boolean isDrop() {
      return true;
    }

    @Override
    public long collectionId() {
      return collection.id();
    }

    @Override
    public @Nullable CollectionEntry after(@Nullable CollectionEntry before) {
      return null;
    }

    @Override
    public DatabaseEntry movesFrom() {
      return database;
    }

    @Override
    public <X extends Exception> void accept(Visitor<X> visitor) throws X {
      visitor.dropCollection(this);
    }
  }

  /**
   * Renames a collection, moves it to another database, or both.
   *
   * @param from its database before
   * @param to its database after
   * @param collection the collection before
   * @param naming its new name
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
    public long collectionId() {
      return collection.id();
    }

    @Override
    public @Nullable CollectionEntry after(@Nullable CollectionEntry before) {
      return (before == null ? collection : before).renamed(naming);
    }

    @Override
    public DatabaseEntry movesFrom() {
      return from;
    }

    @Override
    public DatabaseEntry movesTo() {
      return to;
    }

    @Override
    public <X extends Exception> void accept(Visitor<X> visitor) throws X {
      visitor.renameCollection(this);
    }
  }

  /** Adds a partition to a collection. */
  record CreatePartition(
      long timestamp, DatabaseEntry database, CollectionEntry collection, PartitionEntry partition)
      implements Creation {
    @Override
    public String id() {
      return "partition.created/" + partition.id();
    }

    @Override
    public long creates() {
      return partition.id();
    }

    @Override
    public SchemaEvent opposite() {
      return new DropPartition(timestamp, database, collection, partition);
    }

    @Override
    public boolean existsIn(Catalog catalog) {
      CollectionEntry of = catalog.collections().get(collection.id());
      PartitionEntry there = of == null ? null : of.partitions().get(partition.id());
      return of != null && !of.dropped() && there != null && !there.dropped();
    }

    @Override
    public long collectionId() {
      return collection.id();
    }

    @Override
    public @Nullable CollectionEntry after(@Nullable CollectionEntry before) {
      return before == null ? null : before.with(partition);
    }

    @Override
    public <X extends Exception> void accept(Visitor<X> visitor) throws X {
      visitor.createPartition(this);
    }
  }

  /** Drops a partition and all its rows. */
  record DropPartition(
      long timestamp, DatabaseEntry database, CollectionEntry collection, PartitionEntry partition)
      implements SchemaEvent {
    @Override
    public String id() {
      return "partition.dropped/" + partition.id();
    }

    @Override
    public boolean isDrop() {
      return true;
    }

    @Override
    public long collectionId() {
      return collection.id();
    }

    @Override
    public @Nullable CollectionEntry after(@Nullable CollectionEntry before) {
      return before == null ? null : before.without(partition);
    }

    @Override
    public <X extends Exception> void accept(Visitor<X> visitor) throws X {
      visitor.dropPartition(this);
    }
  }

  /** Creates an alias, or moves it here from another collection. */
  record SetAlias(
      long timestamp, DatabaseEntry database, CollectionEntry collection, AliasEntry alias)
      implements SchemaEvent {
    /** Returns the prefix of the {@link SchemaEvent#id ids} of all settings of an alias. */
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

  /** Drops an alias, alone or with its collection. */
  record DropAlias(long timestamp, DatabaseEntry database, AliasEntry alias)
      implements SchemaEvent {
    @Override
    public String id() {
      return "alias.dropped/%d/%s/%d/%d"
          .formatted(
              alias.name().databaseId(), alias.name().text(), alias.collectionId(), alias.since());
    }

    @Override
    public boolean isDrop() {
      return true;
    }

    @Override
    public <X extends Exception> void accept(Visitor<X> visitor) throws X {
      visitor.dropAlias(this);
    }
  }

  /**
   * Handles each kind of change by a method of its own. A new kind breaks every visitor at compile
   * time, on purpose. X is the type that its methods may throw.
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
