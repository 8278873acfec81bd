package io.milvus.cdc.sources.milvus;

import io.milvus.cdc.internal.etcd.NewestChange;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A key of Milvus's catalog in etcd, below the meta prefix: {@code root-coord/<kind>/<owner>/<id>}
 * (Milvus 2.3 internal/metastore/kv/rootcoord). Its historical copy {@code snapshots/<that
 * key>_ts<hybrid timestamp>} is written in the same transaction. The keys of indexes
 * (internal/metastore/kv/datacoord) and loads (internal/metastore/kv/querycoord) have no such
 * copies.
 *
 * @param owner the database of a collection, the collection of a field, partition or index, else 0
 * @param writtenAt the timestamp in a historical copy's key, 0 for the key itself
 */
record CatalogKey(Kind kind, long owner, long id, long writtenAt) {
  static final String ROOT = "root-coord/";

  private static final String AFTER_ROOT = "root-coord0";

  /** The first key: everything of interest lies between this and the end of the history. */
  static final String FIRST = "field-index/";

  static final String HISTORY = "snapshots/";

  /**
   * The ranges in which every change appears. Fields and functions, which most keys are of, are not
   * among them: they are written while their collection is being created, and with it later (Milvus
   * 2.3 internal/metastore/kv/rootcoord/kv_catalog.go, CreateCollection).
   */
  static final List<NewestChange.Range> TELLING =
      List.of(
          new NewestChange.Range(FIRST, Kind.FIELD.prefix),
          new NewestChange.Range(Kind.PARTITION.prefix, AFTER_ROOT));

  private static final String STAMP = "_ts";

  /** The kind of object that the value describes. */
  enum Kind {
    DATABASE("root-coord/database/db-info/", 1),
    COLLECTION("root-coord/database/collection-info/", 2),
    FIELD("root-coord/fields/", 2),
    FUNCTION("root-coord/functions/", 2),
    PARTITION("root-coord/partitions/", 2),
    INDEX("field-index/", 2),
    LOADED_COLLECTION("querycoord-collection-loadinfo/", 1),
    LOADED_PARTITION("querycoord-partition-loadinfo/", 2);

    final String prefix;
    private final int ids;

    Kind(String prefix, int ids) {
      this.prefix = prefix;
      this.ids = ids;
    }
  }

  boolean historical() {
    return writtenAt != 0;
  }

  /** Returns the key's parts, or null if it is not a key of the catalog. */
  static @Nullable CatalogKey parse(String key) {
    try {
      return split(key);
    } catch (NumberFormatException e) {
      // Other data lives below the same prefix.
      return null;
    }
  }

  private static @Nullable CatalogKey split(String key) {
    long writtenAt = 0;
    String plain = key;
    if (key.startsWith(HISTORY)) {
      int stamp = key.lastIndexOf(STAMP);
      if (stamp < 0) {
        return null;
      }
      writtenAt = Long.parseUnsignedLong(key, stamp + STAMP.length(), key.length(), 10);
      plain = key.substring(HISTORY.length(), stamp);
    }
    for (Kind kind : Kind.values()) {
      if (plain.startsWith(kind.prefix)) {
        String[] ids = plain.substring(kind.prefix.length()).split("/", -1);
        return ids.length == kind.ids
            ? new CatalogKey(
                kind,
                kind.ids == 2 ? Long.parseLong(ids[0]) : 0,
                Long.parseLong(ids[kind.ids - 1]),
                writtenAt)
            : null;
      }
    }
    return null;
  }
}
