package io.milvus.cdc.catalog;

import java.util.HashSet;
import java.util.Set;

/**
 * How much of a collection can be queried, or is on its way to that.
 *
 * @param whole whether the collection was loaded as such, so that partitions made later are loaded
 *     too; else some of its partitions were
 * @param partitions the ids of those that are loaded; after the release of single ones not all,
 *     even of a whole collection
 * @param replicas how many copies, 0 where nothing is loaded
 */
public record Load(boolean whole, Set<Long> partitions, int replicas) {
  /** Nothing is loaded. */
  public static final Load NONE = new Load(false, Set.of(), 0);

  public Load {
    partitions = Set.copyOf(partitions);
  }

  public boolean isNone() {
    return partitions.isEmpty();
  }

  /** The same load of these partitions only. */
  public Load of(Set<Long> existing) {
    Set<Long> both = new HashSet<>(partitions);
    both.retainAll(existing);
    return both.isEmpty() ? NONE : new Load(whole, both, replicas);
  }
}
