package io.milvus.cdc.examples.compare;

import java.util.Map;
import java.util.function.BiPredicate;

/**
 * Which collections to compare, and what their databases are called on the target.
 *
 * @param selection by the source's names; asked about a database itself with an empty collection
 * @param databases the target's name of each database that has another one there
 */
record Scope(BiPredicate<String, String> selection, Map<String, String> databases) {
  boolean includes(String database, String collection) {
    return selection.test(database, collection);
  }

  String onTarget(String database) {
    return databases.getOrDefault(database, database);
  }

  String onSource(String database) {
    return databases.entrySet().stream()
        .filter(entry -> entry.getValue().equals(database))
        .map(Map.Entry::getKey)
        .findFirst()
        .orElse(database);
  }
}
