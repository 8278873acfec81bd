package io.milvus.cdc;

import io.milvus.cdc.error.ConfigException;
import java.util.HashMap;
import java.util.Map;
import java.util.stream.Stream;

/**
 * Maps databases and collections to their names on the target, if these differ from the source.
 * Immutable. Partitions, aliases, indexes and fields retain their names.
 *
 * <p>A task's mapping never changes: rows that were replicated under one name are not moved to
 * another.
 *
 * @param databases the target's names, by the source's
 * @param collections the target's names, by the source's, both as {@code database.collection}; they
 *     take precedence over the mapping of the database
 */
public record NameMapping(Map<String, String> databases, Map<String, String> collections) {
  private static final NameMapping NONE = new NameMapping(Map.of(), Map.of());

  /**
   * Checks the names.
   *
   * @throws io.milvus.cdc.error.ConfigException if a name has wildcards, or if two would have the
   *     same name on the target
   */
  public NameMapping {
    databases = Map.copyOf(databases);
    collections = Map.copyOf(collections);
    databases.forEach((from, to) -> check(from, to, false));
    collections.forEach((from, to) -> check(from, to, true));
    refuseMeeting(databases);
    refuseMeeting(collections);
  }

  private static void check(String from, String to, boolean collection) {
    for (String name : new String[] {from, to}) {
      Place.parse(name);
      if (name.contains("*") || name.contains("?") || name.contains(".") != collection) {
        throw new ConfigException(
            "'%s' cannot be mapped to '%s'.".formatted(from, to),
            "Map a database to a database, such as sales to sales_copy, or a collection to"
                + " a collection, such as sales.orders to archive.orders.");
      }
    }
  }

  private static void refuseMeeting(Map<String, String> names) {
    Map<String, String> taken = new HashMap<>();
    names.forEach(
        (from, to) -> {
          String other = taken.put(to, from);
          if (other != null) {
            throw new ConfigException(
                "'%s' and '%s' would both be '%s' on the target.".formatted(other, from, to),
                "Map them to different names.");
          }
        });
  }

  /** Returns the mapping that retains all names. */
  public static NameMapping none() {
    return NONE;
  }

  /** Returns this mapping with a new name for a database, which applies to all its collections. */
  public NameMapping database(String source, String target) {
    return new NameMapping(with(databases, source, target), collections);
  }

  /**
   * Returns this mapping with a new name for a collection; both names as {@code
   * database.collection}.
   */
  public NameMapping collection(String source, String target) {
    return new NameMapping(databases, with(collections, source, target));
  }

  private static Map<String, String> with(Map<String, String> names, String from, String to) {
    Map<String, String> more = new HashMap<>(names);
    more.put(from, to);
    return more;
  }

  /** Returns whether all names are retained. */
  public boolean isNone() {
    return equals(NONE);
  }

  /** Returns the target's name of a database. */
  public String databaseOf(String database) {
    return databases.getOrDefault(database, database);
  }

  /** Returns the target's name of the database of a collection. */
  public String databaseOf(String database, String collection) {
    String mapped = collections.get(database + "." + collection);
    return mapped == null ? databaseOf(database) : mapped.substring(0, mapped.indexOf('.'));
  }

  /** Returns the target's name of a collection, without its database. */
  public String collectionOf(String database, String collection) {
    String mapped = collections.get(database + "." + collection);
    return mapped == null ? collection : mapped.substring(mapped.indexOf('.') + 1);
  }

  /** Returns the places on the target at which collections of this place may be. */
  Stream<Place> targets(Place place) {
    Stream<Place> moved =
        Stream.concat(
            collections.entrySet().stream()
                .filter(entry -> Place.parse(entry.getKey()).meets(place))
                .map(entry -> Place.parse(entry.getValue())),
            databases.entrySet().stream()
                .filter(entry -> place.database().matches(entry.getKey()))
                .map(
                    entry ->
                        new Place(new Glob(entry.getValue()), place.collection(), place.whole())));
    boolean allMoved =
        databases.containsKey(place.database().text())
            || collections.containsKey(place.database().text() + "." + place.collection().text());
    return allMoved ? moved : Stream.concat(moved, Stream.of(place));
  }
}
