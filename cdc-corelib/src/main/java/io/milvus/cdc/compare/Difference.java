package io.milvus.cdc.compare;

/**
 * Something that is not the same on both sides.
 *
 * @param where the database, collection or partition
 * @param what for people to read, with primary keys where it is about rows
 */
public record Difference(String where, String what) {
  @Override
  public String toString() {
    return where + ": " + what;
  }
}
