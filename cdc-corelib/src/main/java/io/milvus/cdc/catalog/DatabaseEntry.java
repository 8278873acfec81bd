package io.milvus.cdc.catalog;

import java.util.Map;

/**
 * A database of the source.
 *
 * @param createdAt hybrid timestamp of its creation
 * @param droppedAt hybrid timestamp of its drop, 0 while it exists
 * @param properties the properties on the source; Milvus has them since 2.4
 */
public record DatabaseEntry(
    long id, String name, long createdAt, long droppedAt, Map<String, String> properties) {
  /** The id that Milvus assigns to the database {@code default} (rootcoord, 2.2.9 and later). */
  public static final long DEFAULT_ID = 1;

  /** The time of a drop at an unknown time: before everything else. */
  public static final long LONG_AGO = 1;

  public DatabaseEntry {
    properties = Map.copyOf(properties);
  }

  /** Creates a database without properties. */
  public DatabaseEntry(long id, String name, long createdAt, long droppedAt) {
    this(id, name, createdAt, droppedAt, Map.of());
  }

  /** Returns a dropped database of which only the id is known. */
  public static DatabaseEntry unknown(long id) {
    return new DatabaseEntry(id, "", 0, LONG_AGO);
  }

  /** Returns whether the database was dropped. */
  public boolean dropped() {
    return droppedAt != 0;
  }
}
