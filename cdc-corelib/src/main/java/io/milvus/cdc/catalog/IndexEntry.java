package io.milvus.cdc.catalog;

import java.util.Map;

/**
 * An index of a collection.
 *
 * @param field the name of the field it is on
 * @param parameters as the user gave them, such as {@code index_type}; what a server made of them
 *     is for each server to find out
 */
public record IndexEntry(String name, String field, Map<String, String> parameters) {
  public IndexEntry {
    parameters = Map.copyOf(parameters);
  }
}
