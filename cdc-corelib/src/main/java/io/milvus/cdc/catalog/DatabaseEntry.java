package io.milvus.cdc.catalog;

/**
 * A database of the source.
 *
 * @param droppedAt hybrid timestamp of its drop, 0 while it exists
 */
public record DatabaseEntry(long id, String name, long createdAt, long droppedAt) {
  /** The id that Milvus gives to the database {@code default} (rootcoord, 2.2.9 and later). */
  public static final long DEFAULT_ID = 1;

  public boolean dropped() {
    return droppedAt != 0;
  }
}
