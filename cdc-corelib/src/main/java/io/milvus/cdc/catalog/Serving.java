package io.milvus.cdc.catalog;

import java.util.List;
import java.util.Map;

/**
 * What makes a collection fit for queries: its indexes, how much of it is loaded, and its
 * properties. Milvus keeps no timestamp of these in the order of the rows, so they are followed as
 * they are now.
 *
 * @param indexes in the order of their creation
 * @param properties such as {@code collection.ttl.seconds}; those that are not named stay as they
 *     are
 */
public record Serving(List<IndexEntry> indexes, Load load, Map<String, String> properties) {
  /** Neither indexed nor loaded. */
  public static final Serving NONE = new Serving(List.of(), Load.NONE);

  public Serving {
    indexes = List.copyOf(indexes);
    properties = Map.copyOf(properties);
  }

  /** One that leaves all properties as they are. */
  public Serving(List<IndexEntry> indexes, Load load) {
    this(indexes, load, Map.of());
  }
}
