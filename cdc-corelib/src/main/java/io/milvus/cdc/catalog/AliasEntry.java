package io.milvus.cdc.catalog;

/**
 * An alias of a collection, in the collection's own database.
 *
 * @param since hybrid timestamp of its creation, or of its last move to another collection
 * @param droppedAt hybrid timestamp of its drop, 0 while it exists
 */
public record AliasEntry(AliasName name, long collectionId, long since, long droppedAt) {
  /** Returns whether the alias was dropped. */
  public boolean dropped() {
    return droppedAt != 0;
  }
}
