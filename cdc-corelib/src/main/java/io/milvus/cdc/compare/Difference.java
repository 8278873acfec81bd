package io.milvus.cdc.compare;

/**
 * Something that differs between both sides.
 *
 * @param where the database, collection or partition
 * @param what a description for people, with primary keys if it is about rows
 */
public record Difference(String where, String what) {
  @Override
  public String toString() {
    return where + ": " + what;
  }
}
