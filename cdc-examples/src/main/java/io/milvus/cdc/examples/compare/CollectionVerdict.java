package io.milvus.cdc.examples.compare;

import java.util.List;

/**
 * How a collection compares.
 *
 * @param partitions how many the source has
 * @param sourceRows rows of different keys
 * @param sourceCount rows as {@code count(*)} counts them, those that share a key one by one
 */
public record CollectionVerdict(
    Place place,
    int partitions,
    long sourceRows,
    long targetRows,
    long sourceCount,
    long targetCount,
    List<Difference> differences) {
  /** Copies the differences. */
  public CollectionVerdict {
    differences = List.copyOf(differences);
  }

  public boolean equal() {
    return differences.isEmpty();
  }
}
