package io.milvus.cdc.examples.compare;

/** The name of a collection. */
public record Place(String database, String collection) implements Comparable<Place> {
  @Override
  public int compareTo(Place other) {
    return toString().compareTo(other.toString());
  }

  @Override
  public String toString() {
    return database + "." + collection;
  }
}
