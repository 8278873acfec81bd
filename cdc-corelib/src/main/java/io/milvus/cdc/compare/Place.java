package io.milvus.cdc.compare;

/** The name of a collection. */
record Place(String database, String collection) implements Comparable<Place> {
  static Place parse(String text) {
    int dot = text.indexOf('.');
    return new Place(text.substring(0, dot), text.substring(dot + 1));
  }

  @Override
  public int compareTo(Place other) {
    return toString().compareTo(other.toString());
  }

  @Override
  public String toString() {
    return database + "." + collection;
  }
}
