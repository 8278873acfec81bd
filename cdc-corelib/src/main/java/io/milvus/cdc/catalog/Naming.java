package io.milvus.cdc.catalog;

/**
 * Where a collection is to be found: its name, in its database.
 *
 * @param since hybrid timestamp from which on
 */
public record Naming(long since, long databaseId, String name) {
  /** Whether both lead to the same place, whenever. */
  public boolean samePlace(Naming other) {
    return databaseId == other.databaseId && name.equals(other.name);
  }
}
