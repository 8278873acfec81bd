package io.milvus.cdc.internal.order;

import io.milvus.cdc.catalog.Catalog;
import io.milvus.cdc.catalog.CollectionEntry;
import io.milvus.cdc.catalog.DatabaseEntry;
import io.milvus.cdc.catalog.Naming;
import java.util.List;
import java.util.function.BiPredicate;
import java.util.function.Predicate;

/**
 * Decides which databases and collections are replicated.
 *
 * <p>A rename does not remove a collection from the scope once it is replicated. Nor does a rename
 * add a collection after the scope was decided, because its rows may have been skipped by then.
 *
 * @param database by a database's name
 * @param collection by a database's and a collection's name; with empty names, whether a collection
 *     is wanted whose name is no longer known
 * @param decidedAt hybrid timestamp of the newest name when the task began
 */
public record Scope(
    Predicate<String> database, BiPredicate<String, String> collection, long decidedAt) {
  /** Creates a scope that is decided by the present names. */
  public Scope(Predicate<String> database, BiPredicate<String, String> collection) {
    this(database, collection, Long.MAX_VALUE);
  }

  /** Returns the time of the newest name in a catalog. */
  public static long newestName(Catalog catalog) {
    return catalog.collections().values().stream()
        .mapToLong(entry -> entry.naming().since())
        .max()
        .orElse(0);
  }

  boolean wants(DatabaseEntry entry) {
    return database.test(entry.name());
  }

  /** Returns whether this collection exists and is replicated. */
  public boolean wants(Catalog catalog, CollectionEntry entry) {
    return inside(catalog, entry) && enteredAt(catalog, entry) <= decidedAt;
  }

  /**
   * Returns whether this collection is not replicated only because it entered the scope too late.
   */
  public boolean misses(Catalog catalog, CollectionEntry entry) {
    return inside(catalog, entry) && enteredAt(catalog, entry) > decidedAt;
  }

  private boolean inside(Catalog catalog, CollectionEntry entry) {
    return !entry.dropped() && includes(catalog, entry.naming());
  }

  private boolean includes(Catalog catalog, Naming naming) {
    DatabaseEntry owner = catalog.databases().get(naming.databaseId());
    return owner != null && collection.test(owner.name(), naming.name());
  }

  private long enteredAt(Catalog catalog, CollectionEntry entry) {
    Naming first = firstInside(catalog, entry);
    boolean oldest = first.equals(entry.names().get(0));
    boolean always = first.since() <= entry.createdAt() || collection.test("", "");
    return oldest && always ? 0 : first.since();
  }

  /** Returns the name with which a collection last entered the scope. */
  Naming firstInside(Catalog catalog, CollectionEntry entry) {
    List<Naming> names = entry.names();
    int first = names.size() - 1;
    while (first > 0 && includes(catalog, names.get(first - 1))) {
      first--;
    }
    return names.get(first);
  }
}
