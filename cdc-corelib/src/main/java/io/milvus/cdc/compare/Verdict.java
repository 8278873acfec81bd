package io.milvus.cdc.compare;

import java.util.List;
import java.util.stream.Stream;

/**
 * The result of comparing two instances.
 *
 * @param catalog differences in databases, in the existing collections, and in their indexes and
 *     loads
 * @param collections one for each collection that both sides have
 */
public record Verdict(List<Difference> catalog, List<CollectionVerdict> collections) {
  private static final String LINE = "%-40s %10s %12s %12s %12s %12s  %s%n";

  /** Copies the lists. */
  public Verdict {
    catalog = List.copyOf(catalog);
    collections = List.copyOf(collections);
  }

  /** Returns whether there is no difference. */
  public boolean equal() {
    return catalog.isEmpty() && collections.stream().allMatch(CollectionVerdict::equal);
  }

  /** Returns the listed differences of the catalog and of all collections. */
  public List<Difference> differences() {
    return Stream.concat(
            catalog.stream(), collections.stream().flatMap(one -> one.differences().stream()))
        .toList();
  }

  /** Returns the number of compared rows of the source. */
  public long rows() {
    return collections.stream().mapToLong(CollectionVerdict::sourceRows).sum();
  }

  /** Returns a line for each collection, then the differences, then the verdict. */
  public String table() {
    StringBuilder text =
        new StringBuilder(
            LINE.formatted(
                "collection",
                "partitions",
                "source rows",
                "target rows",
                "source count",
                "target count",
                "verdict"));
    for (CollectionVerdict one : collections) {
      text.append(
          LINE.formatted(
              one.database() + "." + one.collection(),
              one.partitions(),
              one.sourceRows(),
              one.targetRows(),
              one.sourceCount(),
              one.targetCount(),
              one.equal() ? "equal" : "DIFFERENT"));
    }
    differences().forEach(difference -> text.append(difference).append(System.lineSeparator()));
    return text.append(summary()).toString();
  }

  private String summary() {
    return equal()
        ? "EQUAL: %d collections, %d rows".formatted(collections.size(), rows())
        : "DIFFERENT: %d differences shown".formatted(differences().size());
  }

  @Override
  public String toString() {
    return table();
  }
}
