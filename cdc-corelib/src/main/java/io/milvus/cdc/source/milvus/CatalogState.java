package io.milvus.cdc.source.milvus;

import com.google.protobuf.ByteString;
import com.google.protobuf.InvalidProtocolBufferException;
import io.milvus.cdc.catalog.Catalog;
import io.milvus.cdc.catalog.CollectionEntry;
import io.milvus.cdc.catalog.DatabaseEntry;
import io.milvus.cdc.catalog.PartitionEntry;
import io.milvus.cdc.catalog.Timestamps;
import io.milvus.cdc.error.SourceException;
import io.milvus.cdc.proto.meta.CollectionInfo;
import io.milvus.cdc.proto.meta.CollectionState;
import io.milvus.cdc.proto.meta.DatabaseInfo;
import io.milvus.cdc.proto.meta.DatabaseState;
import io.milvus.cdc.proto.meta.PartitionInfo;
import io.milvus.cdc.proto.meta.PartitionState;
import io.milvus.grpc.FieldSchema;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * What the etcd keys seen so far say, one key at a time. Not thread-safe.
 *
 * <p>A drop leaves the last living value in place and notes the time, because rows from before it
 * are still to be replayed.
 */
final class CatalogState {
  /** What Milvus writes over a dropped key before its garbage collection deletes it. */
  private static final ByteString TOMBSTONE = ByteString.fromHex("e29bbc");

  private final Map<Long, DatabaseInfo> databases = new HashMap<>();
  private final Map<Long, CollectionInfo> collections = new HashMap<>();
  private final Map<Long, Map<Long, FieldSchema>> fields = new HashMap<>();
  private final Map<Long, Map<Long, PartitionInfo>> partitions = new HashMap<>();

  private final AliasState aliases = new AliasState();
  private final ServingState serving = new ServingState();

  /** Ids are unique over the whole cluster, databases apart. */
  private final Map<Long, Long> drops = new HashMap<>();

  private final Map<Long, Long> databaseDrops = new HashMap<>();
  private final Map<Long, Long> databaseBirths = new HashMap<>();

  private final Map<Long, CollectionEntry> entries = new HashMap<>();
  private final Set<Long> stale = new HashSet<>();
  private @Nullable Catalog catalog;

  /**
   * Takes in one key.
   *
   * @param value null where the key was deleted
   */
  void apply(String key, @Nullable ByteString value) {
    ByteString living = TOMBSTONE.equals(value) ? null : value;
    CatalogKey parsed = CatalogKey.parse(key);
    try {
      if (AliasState.covers(key)) {
        aliases.apply(key, living, value == null);
      } else if (parsed != null) {
        apply(parsed, living, value == null);
      } else {
        return;
      }
    } catch (InvalidProtocolBufferException e) {
      throw new SourceException(
          ("etcd key '%s' does not hold what Milvus 2.3 to 2.5 write there: %s. Check the source's"
                  + " version and root path.")
              .formatted(key, e.getMessage()),
          e);
    }
    catalog = null;
  }

  private void apply(CatalogKey key, @Nullable ByteString value, boolean deleted)
      throws InvalidProtocolBufferException {
    switch (key.kind()) {
      case DATABASE -> applyDatabase(key, value, deleted);
      case COLLECTION -> applyCollection(key, value, deleted);
      case FIELD -> applyField(key, value);
      case PARTITION -> applyPartition(key, value, deleted);
      case INDEX, LOADED_COLLECTION, LOADED_PARTITION -> serving.apply(key, value);
    }
  }

  private void applyDatabase(CatalogKey key, @Nullable ByteString value, boolean deleted)
      throws InvalidProtocolBufferException {
    DatabaseInfo info = value == null ? null : DatabaseInfo.parseFrom(value);
    boolean alive = info != null && info.getState() != DatabaseState.DATABASE_STATE_DROPPING;
    if (key.historical()) {
      if (alive) {
        databaseBirths.merge(key.id(), key.writtenAt(), Math::min);
      } else if (!deleted) {
        noteDrop(databaseDrops, key);
      }
    } else if (alive) {
      databases.put(key.id(), info);
    } else {
      noteDrop(databaseDrops, key);
    }
  }

  private void applyCollection(CatalogKey key, @Nullable ByteString value, boolean deleted)
      throws InvalidProtocolBufferException {
    CollectionInfo info = value == null ? null : CollectionInfo.parseFrom(value);
    CollectionState state = info == null ? null : info.getState();
    boolean gone =
        state != CollectionState.COLLECTION_STATE_CREATED
            && state != CollectionState.COLLECTION_STATE_CREATING;
    if (gone && !(key.historical() && deleted)) {
      noteDrop(drops, key);
    }
    if (info != null && !key.historical()) {
      if (state != CollectionState.COLLECTION_STATE_CREATING) {
        collections.put(key.id(), info);
      }
    }
    stale.add(key.id());
  }

  private void applyField(CatalogKey key, @Nullable ByteString value)
      throws InvalidProtocolBufferException {
    // Fields go after their collection; they are kept for the rows that came before.
    if (value != null && !key.historical()) {
      fields
          .computeIfAbsent(key.owner(), id -> new TreeMap<>())
          .put(key.id(), FieldSchema.parseFrom(value));
      stale.add(key.owner());
    }
  }

  private void applyPartition(CatalogKey key, @Nullable ByteString value, boolean deleted)
      throws InvalidProtocolBufferException {
    PartitionInfo info = value == null ? null : PartitionInfo.parseFrom(value);
    PartitionState state = info == null ? null : info.getState();
    boolean gone =
        state != PartitionState.PARTITION_STATE_CREATED
            && state != PartitionState.PARTITION_STATE_CREATING;
    if (gone && !(key.historical() && deleted)) {
      noteDrop(drops, key);
    }
    if (info != null && !key.historical() && state != PartitionState.PARTITION_STATE_CREATING) {
      partitions.computeIfAbsent(key.owner(), id -> new TreeMap<>()).put(key.id(), info);
    }
    stale.add(key.owner());
  }

  private static void noteDrop(Map<Long, Long> drops, CatalogKey key) {
    if (key.historical()) {
      // Dropping comes before the tombstone, and the first of them is the drop.
      drops.merge(
          key.id(), key.writtenAt(), (a, b) -> a == DatabaseEntry.LONG_AGO ? b : Math.min(a, b));
    } else {
      drops.putIfAbsent(key.id(), DatabaseEntry.LONG_AGO);
    }
  }

  /** Everything seen so far; the same instance until the next change. */
  Catalog catalog() {
    if (catalog == null) {
      for (Long id : stale) {
        CollectionInfo info = collections.get(id);
        if (info != null) {
          entries.put(id, entry(info));
        }
      }
      stale.clear();
      Map<Long, DatabaseEntry> named = new HashMap<>();
      databases.forEach((id, info) -> named.put(id, entry(info)));
      catalog = new Catalog(named, entries, aliases.aliases(), serving.servings(new Schemas()));
    }
    return catalog;
  }

  private DatabaseEntry entry(DatabaseInfo info) {
    long created = Timestamps.ofMillis(TimeUnit.NANOSECONDS.toMillis(info.getCreateTime()));
    return new DatabaseEntry(
        info.getId(),
        info.getName(),
        databaseBirths.getOrDefault(info.getId(), created),
        databaseDrops.getOrDefault(info.getId(), 0L));
  }

  private CollectionEntry entry(CollectionInfo info) {
    Map<Long, PartitionEntry> parts = new TreeMap<>();
    partitions
        .getOrDefault(info.getId(), Map.of())
        .forEach(
            (id, part) ->
                parts.put(
                    id,
                    new PartitionEntry(
                        id, part.getName(), part.getCreateTime(), drops.getOrDefault(id, 0L))));
    return CollectionEntries.of(
        info,
        fields.getOrDefault(info.getId(), Map.of()).values(),
        parts,
        drops.getOrDefault(info.getId(), 0L));
  }

  private final class Schemas implements ServingState.Schemas {
    @Override
    public String field(long collection, long field) {
      FieldSchema schema = fields.getOrDefault(collection, Map.of()).get(field);
      return schema == null ? "" : schema.getName();
    }

    @Override
    public Set<Long> partitions(long collection) {
      Set<Long> living = new HashSet<>(partitions.getOrDefault(collection, Map.of()).keySet());
      living.removeAll(drops.keySet());
      return living;
    }
  }
}
