package io.milvus.cdc.catalog;

import java.util.Map;

/**
 * What exists at one moment, immutable. Dropped things stay listed, with the time of their drop, as
 * long as whoever made the catalog still knows it.
 *
 * @param databases by id
 * @param collections by id
 */
public record Catalog(Map<Long, DatabaseEntry> databases, Map<Long, CollectionEntry> collections) {
  /** A catalog with nothing in it. */
  public static final Catalog EMPTY = new Catalog(Map.of(), Map.of());

  public Catalog {
    databases = Map.copyOf(databases);
    collections = Map.copyOf(collections);
  }
}
