package io.milvus.cdc;

import io.milvus.cdc.error.ConfigException;
import java.util.Arrays;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Which part of a source a task replicates, by the source's names. Immutable.
 *
 * <p>What is listed is a database, such as {@code sales}, with whatever is in it, or a collection
 * with its database, such as {@code sales.orders}. In both parts {@code *} stands for any
 * characters and {@code ?} for one: {@code tenant_*.orders}. Collections that are created later
 * belong to it by their names, too.
 *
 * @param included what belongs to it, unless it is excluded
 * @param excluded what does not
 */
public record Selection(Set<String> included, Set<String> excluded) {
  private static final String BUT = "!";

  /** Checks the names. */
  public Selection {
    included = Set.copyOf(included);
    excluded = Set.copyOf(excluded);
    if (included.isEmpty()) {
      throw new ConfigException(
          "The selection includes nothing.",
          "Name databases and collections, or * for everything.");
    }
    included.forEach(Place::parse);
    excluded.forEach(Place::parse);
  }

  /** The whole source. */
  public static Selection everything() {
    return of("*");
  }

  /** These databases and collections. */
  public static Selection of(String... names) {
    return new Selection(Set.of(names), Set.of());
  }

  /** These whole databases. */
  public static Selection databases(String... names) {
    for (String name : names) {
      if (name.indexOf('.') >= 0) {
        throw new ConfigException(
            "'%s' names a collection, not a database.".formatted(name),
            "Give it to collections(...), or to of(...).");
      }
    }
    return of(names);
  }

  /** These collections, each named {@code database.collection}. */
  public static Selection collections(String... names) {
    for (String name : names) {
      if (name.indexOf('.') < 0) {
        throw new ConfigException(
            "Collection '%s' lacks its database.".formatted(name),
            "Name it like default.%s.".formatted(name));
      }
    }
    return of(names);
  }

  /**
   * Reads what {@link #toString} writes: names with commas between them, those that are excluded
   * with a {@code !} before them.
   */
  public static Selection parse(String text) {
    Set<String> in = new TreeSet<>();
    Set<String> out = new TreeSet<>();
    for (String item : text.split(",", -1)) {
      String name = item.strip();
      if (name.startsWith(BUT)) {
        out.add(name.substring(BUT.length()).strip());
      } else {
        in.add(name);
      }
    }
    return new Selection(in, out);
  }

  /** The same without these databases and collections. */
  public Selection except(String... names) {
    Set<String> more = new TreeSet<>(excluded);
    more.addAll(Arrays.asList(names));
    return new Selection(included, more);
  }

  public boolean includes(String database, String collection) {
    return places(included).anyMatch(place -> place.holds(database, collection))
        && places(excluded).noneMatch(place -> place.holds(database, collection));
  }

  /** Whether the database itself is to be there, be it for one collection only. */
  public boolean includes(String database) {
    return places(included).anyMatch(place -> place.database().matches(database))
        && places(excluded).noneMatch(place -> place.whole() && place.holds(database, ""));
  }

  /**
   * Whether all collections of these names belong to it.
   *
   * @param database a name, or {@code *} for any
   * @param collection a name, or {@code *} for any
   */
  public boolean covers(String database, String collection) {
    Place place = new Place(new Glob(database), new Glob(collection), false);
    return places(included).anyMatch(mine -> mine.covers(place))
        && places(excluded).noneMatch(without -> without.meets(place));
  }

  /**
   * Whether some collection that exists, or may come to exist, is in both. May say so where only
   * several exclusions together make it impossible.
   */
  public boolean overlaps(Selection other) {
    return places(included)
        .anyMatch(
            mine ->
                !excludes(mine)
                    && !other.excludes(mine)
                    && places(other.included)
                        .anyMatch(
                            theirs ->
                                mine.meets(theirs)
                                    && !excludes(theirs)
                                    && !other.excludes(theirs)));
  }

  /** What is included and not excluded as a whole. */
  Stream<Place> places() {
    return places(included).filter(place -> !excludes(place));
  }

  private boolean excludes(Place place) {
    return places(excluded).anyMatch(without -> without.covers(place));
  }

  private static Stream<Place> places(Set<String> names) {
    return names.stream().map(Place::parse);
  }

  @Override
  public String toString() {
    return Stream.concat(
            included.stream().sorted(), excluded.stream().sorted().map(name -> BUT + name))
        .collect(Collectors.joining(","));
  }
}
