package io.milvus.cdc.compare;

import java.util.List;
import java.util.stream.Stream;

/**
 * How two instances compare.
 *
 * @param catalog differences in databases, in which collections there are, and in how those are
 *     indexed and loaded
 * @param collections one for each that both sides have
 */
public record Verdict(List<Difference> catalog, List<CollectionVerdict> collections) {
  private static final String LINE = "%-40s %10s %12s %12s %12s %12s  %s%n";

  /** Copies the lists. */
  public Verdict {
    catalog = List.copyOf(catalog);
    collections = List.copyOf(collections);
  }

  public boolean equal() {
    return catalog.isEmpty() && collections.stream().allMatch(CollectionVerdict::equal);
  }

  /** All differences that were kept. */
  public List<Difference> differences() {
    return Stream.concat(
            catalog.stream(), collections.stream().flatMap(one -> one.differences().stream()))
        .toList();
  }

  /** The rows that were compared, of the source. */
  public long rows() {
    return collections.stream().mapToLong(CollectionVerdict::sourceRows).sum();
  }

  /** A line for each collection, then the differences, then the verdict. */
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
