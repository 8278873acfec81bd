package io.milvus.cdc.catalog;

import java.util.Map;

/**
 * What exists at one moment, immutable. Dropped things stay listed, with the time of their drop, as
 * long as whoever made the catalog still knows it.
 *
 * @param databases by id
 * @param collections by id
 * @param servings by the id of the collection; those that are neither indexed nor loaded are
 *     missing
 * @param access users, roles and privileges, as they are now
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

  /** A catalog without aliases, in which nothing is indexed or loaded, and nobody has access. */
  public Catalog(Map<Long, DatabaseEntry> databases, Map<Long, CollectionEntry> collections) {
    this(databases, collections, Map.of(), Map.of());
  }

  /** A catalog in which nobody has access. */
  public Catalog(
      Map<Long, DatabaseEntry> databases,
      Map<Long, CollectionEntry> collections,
      Map<AliasName, AliasEntry> aliases,
      Map<Long, Serving> servings) {
    this(databases, collections, aliases, servings, Access.NONE);
  }

  /** The same with this access and no other. */
  public Catalog with(Access changed) {
    return new Catalog(databases, collections, aliases, servings, changed);
  }

  /** The indexes and the load state of a collection. */
  public Serving serving(long collectionId) {
    return servings.getOrDefault(collectionId, Serving.NONE);
  }
}
