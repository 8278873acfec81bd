package io.milvus.cdc.catalog;

import java.util.List;
import java.util.Map;

/**
 * Holds the indexes, the load state and the properties of a collection, which prepare it for
 * queries. Milvus stores no timestamp of them in the order of the rows, so tasks follow their
 * present state.
 *
 * @param indexes in the order of their creation
 * @param load the part that is loaded
 * @param properties such as {@code collection.ttl.seconds}; other properties of a target stay
 *     unchanged
 */
public record Serving(List<IndexEntry> indexes, Load load, Map<String, String> properties) {
  /** The serving of a collection that is neither indexed nor loaded. */
  public static final Serving NONE = new Serving(List.of(), Load.NONE);

  public Serving {
    indexes = List.copyOf(indexes);
    properties = Map.copyOf(properties);
  }

  /** Creates a serving that leaves all properties unchanged. */
  public Serving(List<IndexEntry> indexes, Load load) {
    this(indexes, load, Map.of());
  }
}
