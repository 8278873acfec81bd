package io.milvus.cdc.compare;

import io.milvus.cdc.internal.client.MilvusReader;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/** Compares the existing databases and collections. */
final class CatalogComparison {
  private final MilvusReader source;
  private final MilvusReader target;
  private final Scope scope;

  CatalogComparison(MilvusReader source, MilvusReader target, Scope scope) {
    this.source = source;
    this.target = target;
    this.scope = scope;
  }

  /** Compares both sides once. All names are those of the source. */
  Catalogs run(int mostDifferences) {
    Differences differences = new Differences(mostDifferences);
    Set<String> ours = new TreeSet<>(source.databases());
    ours.removeIf(database -> !scope.includes(database));
    Set<String> theirs = new TreeSet<>(target.databases().stream().map(scope::onSource).toList());
    theirs.removeIf(database -> !scope.includes(database));
    compare("database ", ours, theirs, differences);

    Set<Place> expected = places(source, source.databases(), false);
    Set<Place> found = places(target, target.databases(), true);
    compare("collection ", expected, found, differences);
    return new Catalogs(
        expected.stream().filter(found::contains).toList(), differences.list("catalog"));
  }

  private static void compare(
      String kind, Collection<?> source, Collection<?> target, Differences differences) {
    source.stream()
        .filter(it -> !target.contains(it))
        .forEach(it -> differences.add(kind + it, "is not on the target"));
    target.stream()
        .filter(it -> !source.contains(it))
        .forEach(it -> differences.add(kind + it, "is only on the target"));
  }

  private Set<Place> places(MilvusReader milvus, List<String> databases, boolean onTarget) {
    Set<Place> places = new TreeSet<>();
    for (String database : databases) {
      for (String collection : milvus.collections(database)) {
        Place there = new Place(database, collection);
        Place place = onTarget ? scope.onSource(there) : there;
        if (scope.includes(place)) {
          places.add(place);
        }
      }
    }
    return places;
  }

  /** The collections of both sides, and the differences. */
  record Catalogs(List<Place> common, List<Difference> differences) {}
}
