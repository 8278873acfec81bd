package io.milvus.cdc.catalog;

import java.util.HashSet;
import java.util.Set;

/**
 * Describes the part of a collection that is loaded, or being loaded, for queries.
 *
 * @param whole whether the collection was loaded as a whole, so that later partitions are loaded
 *     too; otherwise single partitions were
 * @param partitions the ids of the loaded partitions; if single ones were released, some are
 *     missing even from a whole collection
 * @param replicas the number of copies, 0 if nothing is loaded
 */
public record Load(boolean whole, Set<Long> partitions, int replicas) {
  /** The load of a collection that is not loaded. */
  public static final Load NONE = new Load(false, Set.of(), 0);

  public Load {
    partitions = Set.copyOf(partitions);
  }

  /** Returns whether nothing is loaded. */
  public boolean isNone() {
    return partitions.isEmpty();
  }

  /** Returns this load, reduced to these partitions. */
  public Load of(Set<Long> existing) {
    Set<Long> both = new HashSet<>(partitions);
    both.retainAll(existing);
    return both.isEmpty() ? NONE : new Load(whole, both, replicas);
  }
}
