package io.milvus.cdc.internal.wal;

import io.milvus.cdc.catalog.Catalog;
import java.util.Map;

/**
 * The catalog from which a {@link WalCatalog} starts: what the source's API listed, or an earlier
 * catalog.
 *
 * @param asOf hybrid timestamp; the catalog contains the effect of every change up to here, and
 *     possibly of later ones. 0 if that is unknown
 * @param indexes the catalog's indexes by their ids, by which changes name them
 */
public record FirstLook(Catalog catalog, long asOf, Map<Long, IndexName> indexes) {
  /** Begins with nothing. For a log that is read from its beginning. */
  public static final FirstLook NONE = new FirstLook(Catalog.EMPTY, 0, Map.of());

  public FirstLook {
    indexes = Map.copyOf(indexes);
  }

  /** The name of an index, which is unique in its collection. */
  public record IndexName(long collectionId, String name) {}
}
