package io.milvus.cdc;

import io.milvus.cdc.error.ConfigException;

/**
 * Names collections, with wildcards.
 *
 * @param whole whether no collection was named, so that the database itself is included
 */
record Place(Glob database, Glob collection, boolean whole) {
  static Place parse(String name) {
    int dot = name.indexOf('.');
    Place place =
        dot < 0
            ? new Place(new Glob(name), Glob.ANY, true)
            : new Place(new Glob(name.substring(0, dot)), new Glob(name.substring(dot + 1)), false);
    if (place.database.text().isEmpty()
        || place.collection.text().isEmpty()
        || place.collection.text().indexOf('.') >= 0) {
      throw new ConfigException(
          "'%s' names no database and no collection.".formatted(name),
          "Use a name like sales, sales.orders or sales_*.*.");
    }
    return place;
  }

  boolean holds(String inDatabase, String name) {
    return database.matches(inDatabase) && collection.matches(name);
  }

  boolean covers(Place other) {
    return database.covers(other.database) && collection.covers(other.collection);
  }

  /** Returns whether a collection could be in both places. */
  boolean meets(Place other) {
    return database.meets(other.database) && collection.meets(other.collection);
  }
}
