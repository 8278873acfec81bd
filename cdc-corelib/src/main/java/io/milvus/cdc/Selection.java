package io.milvus.cdc;

import io.milvus.cdc.error.ConfigException;
import java.util.Set;

/**
 * Which part of a source a task replicates, by the source's names.
 *
 * @param databases whole databases; empty for all of them where no collection is named either
 * @param collections single collections, as {@code database.collection}
 */
public record Selection(Set<String> databases, Set<String> collections) {
  private static final Selection EVERYTHING = new Selection(Set.of(), Set.of());

  /** Checks the names. */
  public Selection {
    databases = Set.copyOf(databases);
    collections = Set.copyOf(collections);
    for (String collection : collections) {
      if (collection.indexOf('.') <= 0) {
        throw new ConfigException(
            "Collection '%s' lacks its database. Name it like default.%s."
                .formatted(collection, collection));
      }
    }
  }

  /** The whole source, whatever is created on it later included. */
  public static Selection everything() {
    return EVERYTHING;
  }

  /** These databases, whatever is created in them later included. */
  public static Selection databases(String... names) {
    return new Selection(Set.of(names), Set.of());
  }

  /** These collections, each named {@code database.collection}. */
  public static Selection collections(String... names) {
    return new Selection(Set.of(), Set.of(names));
  }

  public boolean includes(String database, String collection) {
    return databases.contains(database)
        || collections.contains(database + "." + collection)
        || isEverything();
  }

  /** Whether the database itself is to be there, be it for one collection only. */
  public boolean includes(String database) {
    return isEverything()
        || databases.contains(database)
        || collections.stream().anyMatch(name -> name.startsWith(database + "."));
  }

  /** Whether some collection that exists, or may come to exist, is in both. */
  public boolean overlaps(Selection other) {
    return isEverything()
        || other.isEverything()
        || databases.stream().anyMatch(other::includes)
        || other.databases.stream().anyMatch(this::includes)
        || collections.stream().anyMatch(other.collections::contains);
  }

  private boolean isEverything() {
    return databases.isEmpty() && collections.isEmpty();
  }
}
