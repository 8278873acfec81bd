package io.milvus.cdc.compare;

import java.util.List;

/**
 * How a collection compares.
 *
 * @param database where it is on the source
 * @param collection what it is called there
 * @param partitions how many the source has
 * @param sourceRows rows of different keys
 * @param targetRows likewise
 * @param sourceCount rows as {@code count(*)} counts them, those that share a key one by one
 * @param targetCount likewise
 * @param differences the first of them
 */
public record CollectionVerdict(
    String database,
    String collection,
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
