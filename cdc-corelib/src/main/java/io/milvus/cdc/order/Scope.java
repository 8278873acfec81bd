package io.milvus.cdc.order;

import io.milvus.cdc.catalog.Catalog;
import io.milvus.cdc.catalog.CollectionEntry;
import io.milvus.cdc.catalog.DatabaseEntry;
import java.util.function.BiPredicate;
import java.util.function.Predicate;

/**
 * Which databases and collections are replicated.
 *
 * @param database by a database's name
 * @param collection by a database's and a collection's name
 */
public record Scope(Predicate<String> database, BiPredicate<String, String> collection) {
  boolean wants(DatabaseEntry entry) {
    return database.test(entry.name());
  }

  /** Whether this collection exists and is to be replicated. */
  public boolean wants(Catalog catalog, CollectionEntry entry) {
    DatabaseEntry owner = catalog.databases().get(entry.databaseId());
    return !entry.dropped() && owner != null && collection.test(owner.name(), entry.name());
  }
}
