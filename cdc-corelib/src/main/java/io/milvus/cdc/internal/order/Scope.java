package io.milvus.cdc.internal.order;

import io.milvus.cdc.catalog.Catalog;
import io.milvus.cdc.catalog.CollectionEntry;
import io.milvus.cdc.catalog.DatabaseEntry;
import io.milvus.cdc.catalog.Naming;
import java.util.List;
import java.util.function.BiPredicate;
import java.util.function.Predicate;

/**
 * Which databases and collections are replicated.
 *
 * <p>A rename does not take a collection out of the scope once it is replicated. Nor does one bring
 * a collection in after the scope was decided: its rows may have been passed over by then.
 *
 * @param database by a database's name
 * @param collection by a database's and a collection's name; of empty names it tells whether what
 *     cannot be named any more is wanted
 * @param decidedAt hybrid timestamp of the newest name when the task began
 */
public record Scope(
    Predicate<String> database, BiPredicate<String, String> collection, long decidedAt) {
  /** A scope that is decided by the present names. */
  public Scope(Predicate<String> database, BiPredicate<String, String> collection) {
    this(database, collection, Long.MAX_VALUE);
  }

  /** The time of the newest name in a catalog. */
  public static long newestName(Catalog catalog) {
    return catalog.collections().values().stream()
        .mapToLong(entry -> entry.naming().since())
        .max()
        .orElse(0);
  }

  boolean wants(DatabaseEntry entry) {
    return database.test(entry.name());
  }

  /** Whether this collection exists and is to be replicated. */
  public boolean wants(Catalog catalog, CollectionEntry entry) {
    return inside(catalog, entry) && enteredAt(catalog, entry) <= decidedAt;
  }

  /** Whether it would be wanted, had it not come into the scope too late. */
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

  /** The name with which a collection came into the scope for the last time. */
  Naming firstInside(Catalog catalog, CollectionEntry entry) {
    List<Naming> names = entry.names();
    int first = names.size() - 1;
    while (first > 0 && includes(catalog, names.get(first - 1))) {
      first--;
    }
    return names.get(first);
  }
}
