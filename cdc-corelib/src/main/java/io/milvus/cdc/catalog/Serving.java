package io.milvus.cdc.catalog;

import java.util.List;

/**
 * What makes a collection fit for queries: its indexes, and how much of it is loaded. Milvus keeps
 * no timestamp of these in the order of the rows, so they are followed as they are now.
 *
 * @param indexes in the order of their creation
 */
public record Serving(List<IndexEntry> indexes, Load load) {
  /** Neither indexed nor loaded. */
  public static final Serving NONE = new Serving(List.of(), Load.NONE);

  public Serving {
    indexes = List.copyOf(indexes);
  }
}
