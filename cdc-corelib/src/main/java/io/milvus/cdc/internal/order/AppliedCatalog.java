package io.milvus.cdc.internal.order;

import io.milvus.cdc.catalog.Access;
import io.milvus.cdc.catalog.AliasEntry;
import io.milvus.cdc.catalog.AliasName;
import io.milvus.cdc.catalog.Catalog;
import io.milvus.cdc.catalog.CollectionEntry;
import io.milvus.cdc.catalog.DatabaseEntry;
import io.milvus.cdc.catalog.PartitionEntry;
import io.milvus.cdc.event.RowsHeader;
import io.milvus.cdc.event.SchemaEvent;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.LongPredicate;
import org.jspecify.annotations.Nullable;

/** Holds the catalog that the target has, change by change. For one thread. */
public final class AppliedCatalog implements SchemaEvent.Visitor<RuntimeException> {
  private final Map<Long, DatabaseEntry> databases;
  private final Map<Long, CollectionEntry> collections;
  private final Map<AliasName, AliasEntry> aliases;
  private Access access;

  public AppliedCatalog(Catalog start) {
    databases = new HashMap<>(start.databases());
    collections = new HashMap<>(start.collections());
    aliases = new HashMap<>(start.aliases());
    access = start.access();
  }

  public Catalog catalog() {
    return new Catalog(databases, collections, aliases, Map.of(), access);
  }

  /**
   * Returns the users, roles and privileges that may be on the target because the source has, or
   * had, them.
   */
  public Access access() {
    return access;
  }

  public void access(Access changed) {
    access = changed;
  }

  /** Returns the applied entry of a collection, or null if the target does not have it. */
  public @Nullable CollectionEntry collection(long id) {
    return collections.get(id);
  }

  /**
   * Marks that these collections have the names that they had at a cut, so that only later renames
   * are left to apply.
   */
  public void settleAt(long cut, LongPredicate which) {
    collections.replaceAll(
        (id, collection) -> which.test(id) ? CatalogCut.settled(collection, cut) : collection);
  }

  /** Returns whether the target has a place for these rows. */
  public boolean holds(RowsHeader rows) {
    CollectionEntry collection = collections.get(rows.collectionId());
    return collection != null
        && (rows.partitionId() < 0 || collection.partitions().containsKey(rows.partitionId()));
  }

  /**
   * Returns the event that created this object, or was about to create it.
   *
   * @param source for databases that are not replicated themselves, such as the default database
   */
  public Optional<SchemaEvent.Creation> creationOf(long id, Catalog source) {
    DatabaseEntry database = databases.get(id);
    if (database != null) {
      return Optional.of(new SchemaEvent.CreateDatabase(database.createdAt(), database));
    }
    for (CollectionEntry collection : collections.values()) {
      DatabaseEntry owner = databaseOf(collection, source);
      if (collection.id() == id) {
        return Optional.of(
            new SchemaEvent.CreateCollection(collection.createdAt(), owner, collection));
      }
      PartitionEntry partition = collection.partitions().get(id);
      if (partition != null) {
        return Optional.of(
            new SchemaEvent.CreatePartition(partition.createdAt(), owner, collection, partition));
      }
    }
    return Optional.empty();
  }

  /** Returns the database of a collection, as far as it is known. */
  public DatabaseEntry databaseOf(CollectionEntry collection, Catalog source) {
    return database(collection.databaseId(), source);
  }

  /** Returns a database, as far as it is known. */
  public DatabaseEntry database(long id, Catalog source) {
    DatabaseEntry known = databases.getOrDefault(id, source.databases().get(id));
    return known == null ? DatabaseEntry.unknown(id) : known;
  }

  private void change(SchemaEvent event) {
    collections.computeIfPresent(event.collectionId(), (id, before) -> event.after(before));
  }

  /** Removes an object that was not created on the target. */
  public void unlist(SchemaEvent.Creation creation) {
    creation.opposite().accept(this);
  }

  /** Removes a collection that the target has lost, or never had. */
  public void forget(CollectionEntry collection) {
    collections.remove(collection.id());
    aliases.values().removeIf(alias -> alias.collectionId() == collection.id());
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
    forget(event.collection());
  }

  @Override
  public void renameCollection(SchemaEvent.RenameCollection event) {
    change(event);
  }

  @Override
  public void createPartition(SchemaEvent.CreatePartition event) {
    change(event);
  }

  @Override
  public void dropPartition(SchemaEvent.DropPartition event) {
    change(event);
  }

  @Override
  public void setAlias(SchemaEvent.SetAlias event) {
    aliases.put(event.alias().name(), event.alias());
  }

  @Override
  public void dropAlias(SchemaEvent.DropAlias event) {
    aliases.remove(event.alias().name());
  }
}
