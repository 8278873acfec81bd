package io.milvus.cdc.catalog;

import java.util.Map;

/**
 * An index of a collection.
 *
 * @param name the name of the index
 * @param field the name of its field
 * @param parameters the parameters that the user set, such as {@code index_type}; each server
 *     derives its own from them
 */
public record IndexEntry(String name, String field, Map<String, String> parameters) {
  public IndexEntry {
    parameters = Map.copyOf(parameters);
  }
}
