package io.milvus.cdc.catalog;

/**
 * A partition of a collection.
 *
 * @param createdAt hybrid timestamp of its creation
 * @param droppedAt hybrid timestamp of its drop, 0 while it exists
 */
public record PartitionEntry(long id, String name, long createdAt, long droppedAt) {
  /** Returns whether the partition was dropped. */
  public boolean dropped() {
    return droppedAt != 0;
  }
}
