package io.milvus.cdc.internal.order;

import io.milvus.cdc.catalog.AliasEntry;
import io.milvus.cdc.catalog.AliasName;
import io.milvus.cdc.catalog.Catalog;
import io.milvus.cdc.catalog.CollectionEntry;
import io.milvus.cdc.catalog.DatabaseEntry;
import io.milvus.cdc.catalog.Naming;
import io.milvus.cdc.catalog.PartitionEntry;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Reduces a catalog to the objects of one moment, each with the name that it had then. All names
 * differ, so their creations need no order. An object that was dropped since is left out: so is its
 * later drop.
 */
public final class CatalogCut {
  private CatalogCut() {}

  /**
   * Returns the objects that existed at a hybrid timestamp, and still exist. A partition is also
   * listed if it is younger, because its first rows can be older (Milvus 2.3
   * internal/proxy/task_scheduler.go).
   */
  public static Catalog of(Catalog catalog, long cut) {
    Map<Long, DatabaseEntry> databases = new TreeMap<>();
    catalog.databases().values().stream()
        .filter(database -> !database.dropped() && database.createdAt() <= cut)
        .forEach(database -> databases.put(database.id(), database));
    Map<Long, CollectionEntry> collections = new TreeMap<>();
    catalog.collections().values().stream()
        .filter(collection -> !collection.dropped() && collection.createdAt() <= cut)
        .map(collection -> withName(collection, nameAt(collection, cut), collection.createdAt()))
        .forEach(collection -> collections.put(collection.id(), living(collection)));
    Map<AliasName, AliasEntry> aliases = new HashMap<>();
    catalog.aliases().values().stream()
        .filter(alias -> !alias.dropped() && alias.since() <= cut)
        .filter(alias -> collections.containsKey(alias.collectionId()))
        .forEach(alias -> aliases.put(alias.name(), alias));
    return new Catalog(databases, collections, aliases, Map.of());
  }

  /**
   * Returns an entry that is known to have its name since the cut, so that only later renames are
   * applied to it.
   */
  static CollectionEntry settled(CollectionEntry collection, long cut) {
    return withName(collection, collection.naming(), cut);
  }

  private static CollectionEntry withName(CollectionEntry collection, Naming name, long since) {
    return collection.named(List.of(new Naming(since, name.databaseId(), name.name())));
  }

  /** Returns the last name that is not younger than the cut, or else the first one. */
  private static Naming nameAt(CollectionEntry collection, long cut) {
    Naming found = collection.names().get(0);
    for (Naming name : collection.names()) {
      if (name.since() <= cut) {
        found = name;
      }
    }
    return found;
  }

  private static CollectionEntry living(CollectionEntry collection) {
    Map<Long, PartitionEntry> partitions = new TreeMap<>(collection.partitions());
    partitions.values().removeIf(PartitionEntry::dropped);
    return collection.withPartitions(partitions);
  }
}
