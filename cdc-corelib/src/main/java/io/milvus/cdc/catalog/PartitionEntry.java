package io.milvus.cdc.catalog;

/**
 * A partition of a collection.
 *
 * @param droppedAt hybrid timestamp of its drop, 0 while it exists
 */
public record PartitionEntry(long id, String name, long createdAt, long droppedAt) {
  public boolean dropped() {
    return droppedAt != 0;
  }
}
