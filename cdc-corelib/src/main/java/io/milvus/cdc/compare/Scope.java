package io.milvus.cdc.compare;

import io.milvus.cdc.NameMapping;
import java.util.Map;
import java.util.function.BiPredicate;

/**
 * Selects the collections to compare, with their names on the target.
 *
 * @param selection accepts names of the source; for a database itself, the collection is empty
 */
record Scope(BiPredicate<String, String> selection, NameMapping names) {
  boolean includes(Place place) {
    return selection.test(place.database(), place.collection());
  }

  boolean includes(String database) {
    return selection.test(database, "");
  }

  Place onTarget(Place place) {
    return new Place(
        names.databaseOf(place.database(), place.collection()),
        names.collectionOf(place.database(), place.collection()));
  }

  /** Returns the source's name of a collection of the target. */
  Place onSource(Place place) {
    return names.collections().entrySet().stream()
        .filter(entry -> entry.getValue().equals(place.toString()))
        .map(entry -> Place.parse(entry.getKey()))
        .findFirst()
        .orElseGet(() -> new Place(onSource(place.database()), place.collection()));
  }

  String onSource(String database) {
    return names.databases().entrySet().stream()
        .filter(entry -> entry.getValue().equals(database))
        .map(Map.Entry::getKey)
        .findFirst()
        .orElse(database);
  }
}
