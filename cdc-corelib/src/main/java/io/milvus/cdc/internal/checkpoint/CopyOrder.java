package io.milvus.cdc.internal.checkpoint;

import io.milvus.cdc.StartFrom;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Names the collections that are to be copied from the source's storage.
 *
 * @param collections their ids on the source; empty for everything
 * @param cut the rows at or below this source timestamp are copied; 0 if it is not chosen yet
 * @param emptied whether the target has no rows of them except those of this copy
 * @param settings the rate, and whether to flush; null for those of the task
 */
public record CopyOrder(
    Set<Long> collections, long cut, boolean emptied, StartFrom.@Nullable Existing settings) {
  public CopyOrder {
    collections = Set.copyOf(collections);
  }

  /** Returns the order of a new task, which copies everything to a target without its rows. */
  public static CopyOrder beginning() {
    return new CopyOrder(Set.of(), 0, true, null);
  }

  /** Returns whether everything is copied, so that the task begins anew. */
  public boolean whole() {
    return collections.isEmpty();
  }

  /** Returns whether a collection is copied. */
  public boolean names(long collectionId) {
    return whole() || collections.contains(collectionId);
  }

  /** Returns this order with its cut. */
  public CopyOrder at(long chosen) {
    return new CopyOrder(collections, chosen, emptied, settings);
  }

  /** Returns this order after the target has dropped the collections. */
  public CopyOrder afterDrops() {
    return new CopyOrder(collections, cut, true, settings);
  }
}
