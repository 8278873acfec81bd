package io.milvus.cdc.compare;

import java.util.List;

/**
 * The result of comparing a collection.
 *
 * @param database its database on the source
 * @param collection its name on the source
 * @param partitions the number of its partitions on the source
 * @param sourceRows rows of different keys on the source
 * @param targetRows rows of different keys on the target
 * @param sourceCount the source's {@code count(*)}, which counts rows that share a key one by one
 * @param targetCount the target's {@code count(*)}
 * @param differences the first differences
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

  /** Returns whether there is no difference. */
  public boolean equal() {
    return differences.isEmpty();
  }
}
