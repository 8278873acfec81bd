package io.milvus.cdc.catalog;

import java.util.Map;

/**
 * Holds the databases, collections and aliases of one moment. Immutable. Dropped objects stay
 * listed with the time of their drop, for as long as the creator of the catalog knows them.
 *
 * @param databases by id
 * @param collections by id
 * @param servings by the id of the collection; without those that are neither indexed nor loaded
 * @param access the present users, roles and privileges
 */
public record Catalog(
    Map<Long, DatabaseEntry> databases,
    Map<Long, CollectionEntry> collections,
    Map<AliasName, AliasEntry> aliases,
    Map<Long, Serving> servings,
    Access access) {
  /** A catalog with nothing in it. */
  public static final Catalog EMPTY = new Catalog(Map.of(), Map.of());

  public Catalog {
    databases = Map.copyOf(databases);
    collections = Map.copyOf(collections);
    aliases = Map.copyOf(aliases);
    servings = Map.copyOf(servings);
  }

  /** Creates a catalog without aliases, indexes, loads and access. */
  public Catalog(Map<Long, DatabaseEntry> databases, Map<Long, CollectionEntry> collections) {
    this(databases, collections, Map.of(), Map.of());
  }

  /** Creates a catalog without access. */
  public Catalog(
      Map<Long, DatabaseEntry> databases,
      Map<Long, CollectionEntry> collections,
      Map<AliasName, AliasEntry> aliases,
      Map<Long, Serving> servings) {
    this(databases, collections, aliases, servings, Access.NONE);
  }

  /** Returns this catalog with the access replaced. */
  public Catalog with(Access changed) {
    return new Catalog(databases, collections, aliases, servings, changed);
  }

  /** Returns the indexes and the load state of a collection. */
  public Serving serving(long collectionId) {
    return servings.getOrDefault(collectionId, Serving.NONE);
  }
}
