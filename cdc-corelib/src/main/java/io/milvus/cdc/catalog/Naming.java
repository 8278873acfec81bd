package io.milvus.cdc.catalog;

/**
 * A name of a collection, in its database.
 *
 * @param since hybrid timestamp from which the collection has the name
 */
public record Naming(long since, long databaseId, String name) {
  /** Returns whether both have the same database and name, at any time. */
  public boolean samePlace(Naming other) {
    return databaseId == other.databaseId && name.equals(other.name);
  }
}
