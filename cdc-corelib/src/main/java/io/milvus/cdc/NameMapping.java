package io.milvus.cdc;

import io.milvus.cdc.error.ConfigException;
import java.util.HashMap;
import java.util.Map;
import java.util.stream.Stream;

/**
 * What databases and collections are called on the target, where that is not as on the source.
 * Immutable. Partitions, aliases, indexes and fields keep their names.
 *
 * <p>A mapping stays as it is for the life of a task: what was replicated under one name is not
 * moved to another.
 *
 * @param databases the target's name, by the source's
 * @param collections the target's {@code database.collection}, by the source's; goes before the
 *     mapping of the database
 */
public record NameMapping(Map<String, String> databases, Map<String, String> collections) {
  private static final NameMapping NONE = new NameMapping(Map.of(), Map.of());

  /** Refuses names with wildcards, and two that would be called the same. */
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
            "Map a database to a database, as sales to sales_copy, or a collection to a "
                + "collection, as sales.orders to archive.orders.");
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

  /** Everything is called as on the source. */
  public static NameMapping none() {
    return NONE;
  }

  /** The same, and this database with all that is in it is called otherwise. */
  public NameMapping database(String source, String target) {
    return new NameMapping(with(databases, source, target), collections);
  }

  /** The same, and this collection is called otherwise; both as {@code database.collection}. */
  public NameMapping collection(String source, String target) {
    return new NameMapping(databases, with(collections, source, target));
  }

  private static Map<String, String> with(Map<String, String> names, String from, String to) {
    Map<String, String> more = new HashMap<>(names);
    more.put(from, to);
    return more;
  }

  public boolean isNone() {
    return equals(NONE);
  }

  /** What the database is called on the target. */
  public String databaseOf(String database) {
    return databases.getOrDefault(database, database);
  }

  /** The database that the collection is in on the target. */
  public String databaseOf(String database, String collection) {
    String mapped = collections.get(database + "." + collection);
    return mapped == null ? databaseOf(database) : mapped.substring(0, mapped.indexOf('.'));
  }

  /** What the collection is called on the target, without its database. */
  public String collectionOf(String database, String collection) {
    String mapped = collections.get(database + "." + collection);
    return mapped == null ? collection : mapped.substring(mapped.indexOf('.') + 1);
  }

  /** Where collections of this place may be on the target. */
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
