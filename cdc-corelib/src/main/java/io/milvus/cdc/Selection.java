package io.milvus.cdc;

import io.milvus.cdc.error.ConfigException;
import java.util.Arrays;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Selects the part of a source that a task replicates, by the source's names. Immutable.
 *
 * <p>An entry is a database with all its collections, such as {@code sales}, or one collection with
 * its database, such as {@code sales.orders}. In both parts {@code *} stands for any characters and
 * {@code ?} for one: {@code tenant_*.orders}. Collections that are created later are selected by
 * the same names.
 *
 * @param included the names that are selected, unless they are excluded
 * @param excluded the names that are not
 */
public record Selection(Set<String> included, Set<String> excluded) {
  private static final String BUT = "!";

  /**
   * Checks the names.
   *
   * @throws ConfigException if nothing is included, or if a name is invalid
   */
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

  /** Returns a selection of the whole source. */
  public static Selection everything() {
    return of("*");
  }

  /** Returns a selection of these databases and collections. */
  public static Selection of(String... names) {
    return new Selection(Set.of(names), Set.of());
  }

  /**
   * Returns a selection of these whole databases.
   *
   * @throws ConfigException if a name has a dot, as a collection has
   */
  public static Selection databases(String... names) {
    for (String name : names) {
      if (name.indexOf('.') >= 0) {
        throw new ConfigException(
            "'%s' names a collection, not a database.".formatted(name),
            "Pass it to collections(...), or to of(...).");
      }
    }
    return of(names);
  }

  /**
   * Returns a selection of these collections, each named {@code database.collection}.
   *
   * @throws ConfigException if a name has no database
   */
  public static Selection collections(String... names) {
    for (String name : names) {
      if (name.indexOf('.') < 0) {
        throw new ConfigException(
            "Collection '%s' lacks its database.".formatted(name),
            "Use a name like default.%s.".formatted(name));
      }
    }
    return of(names);
  }

  /**
   * Reads the format of {@link #toString}: names separated by commas, with a {@code !} before each
   * excluded name.
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

  /** Returns this selection without these databases and collections. */
  public Selection except(String... names) {
    Set<String> more = new TreeSet<>(excluded);
    more.addAll(Arrays.asList(names));
    return new Selection(included, more);
  }

  /** Returns whether a collection is selected. */
  public boolean includes(String database, String collection) {
    return places(included).anyMatch(place -> place.holds(database, collection))
        && places(excluded).noneMatch(place -> place.holds(database, collection));
  }

  /** Returns whether a database is selected, or at least one of its collections may be. */
  public boolean includes(String database) {
    return places(included).anyMatch(place -> place.database().matches(database))
        && places(excluded).noneMatch(place -> place.whole() && place.holds(database, ""));
  }

  /**
   * Returns whether all collections of these names are selected.
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
   * Returns whether a collection, present or future, could be in both selections. May return true
   * if only several exclusions together rule that out.
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

  /** Returns the included places, except for those that are excluded as a whole. */
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
