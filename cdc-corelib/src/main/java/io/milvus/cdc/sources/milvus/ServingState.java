package io.milvus.cdc.sources.milvus;

import com.google.protobuf.ByteString;
import com.google.protobuf.InvalidProtocolBufferException;
import io.milvus.cdc.catalog.IndexEntry;
import io.milvus.cdc.catalog.Load;
import io.milvus.cdc.catalog.Serving;
import io.milvus.cdc.internal.decode.KeyValues;
import io.milvus.cdc.proto.meta.CollectionLoadInfo;
import io.milvus.cdc.proto.meta.FieldIndex;
import io.milvus.cdc.proto.meta.IndexInfo;
import io.milvus.cdc.proto.meta.LoadStatus;
import io.milvus.cdc.proto.meta.LoadType;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Reads indexes and loads from the keys of Milvus's data and query coordinators (2.3
 * internal/metastore/kv/datacoord, internal/metastore/kv/querycoord).
 *
 * <p>A dropped index is marked so at once, and its key is deleted later. A released load has no
 * key. Whether a load is complete is not read: the request for it counts.
 */
final class ServingState {
  private final Map<Long, Map<Long, IndexInfo>> indexes = new HashMap<>();
  private final Map<Long, CollectionLoadInfo> loads = new HashMap<>();
  private final Map<Long, Set<Long>> loadedPartitions = new HashMap<>();

  /** Provides the root coordinator's data of a collection. */
  interface Schemas {
    /** Returns the name of a field, or an empty text if it is unknown. */
    String field(long collection, long field);

    /** Returns the partitions that exist. */
    Set<Long> partitions(long collection);
  }

  void apply(CatalogKey key, @Nullable ByteString value) throws InvalidProtocolBufferException {
    switch (key.kind()) {
      case INDEX -> {
        FieldIndex index = value == null ? null : FieldIndex.parseFrom(value);
        Map<Long, IndexInfo> all = indexes.computeIfAbsent(key.owner(), id -> new TreeMap<>());
        if (index == null || index.getDeleted()) {
          all.remove(key.id());
        } else {
          all.put(key.id(), index.getIndexInfo());
        }
      }
      case LOADED_COLLECTION -> {
        if (value == null) {
          loads.remove(key.id());
        } else {
          loads.put(key.id(), CollectionLoadInfo.parseFrom(value));
        }
      }
      case LOADED_PARTITION -> {
        Set<Long> all = loadedPartitions.computeIfAbsent(key.owner(), id -> new HashSet<>());
        if (value == null) {
          all.remove(key.id());
        } else {
          all.add(key.id());
        }
      }
      default -> throw new IllegalArgumentException("no key of a serving: " + key);
    }
  }

  /** Returns the indexes and loads, by collection. */
  Map<Long, Serving> servings(Schemas schemas) {
    Set<Long> ids = new HashSet<>(indexes.keySet());
    ids.addAll(loads.keySet());
    Map<Long, Serving> servings = new HashMap<>();
    for (long id : ids) {
      Serving serving = new Serving(indexesOf(id, schemas), loadOf(id, schemas));
      if (!serving.equals(Serving.NONE)) {
        servings.put(id, serving);
      }
    }
    return servings;
  }

  private List<IndexEntry> indexesOf(long collection, Schemas schemas) {
    return indexes.getOrDefault(collection, Map.of()).values().stream()
        .map(
            index ->
                new IndexEntry(
                    index.getName(),
                    schemas.field(collection, index.getFieldId()),
                    KeyValues.map(index.getUserIndexParamsList())))
        .toList();
  }

  /**
   * Returns the load of a collection. While it begins, Milvus writes its partitions one after
   * another (2.3 querycoord/kv_catalog.go SavePartition), all of them in the end.
   */
  private Load loadOf(long collection, Schemas schemas) {
    CollectionLoadInfo load = loads.get(collection);
    if (load == null) {
      return Load.NONE;
    }
    boolean whole = load.getLoadType() == LoadType.LOAD_TYPE_COLLECTION;
    boolean begins = whole && load.getStatus() != LoadStatus.LOAD_STATUS_LOADED;
    Set<Long> partitions =
        begins
            ? schemas.partitions(collection)
            : loadedPartitions.getOrDefault(collection, Set.of());
    return partitions.isEmpty()
        ? Load.NONE
        : new Load(whole, partitions, Math.max(1, load.getReplicaNumber()));
  }
}
