package io.milvus.cdc.compare;

import io.milvus.cdc.NameMapping;
import java.util.Map;
import java.util.function.BiPredicate;

/**
 * Which collections to compare, and what they are called on the target.
 *
 * @param selection by the source's names; asked about a database itself with an empty collection
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

  /** What a collection of the target is called on the source. */
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
