package io.milvus.cdc.sources.milvus;

import com.google.protobuf.ByteString;
import com.google.protobuf.InvalidProtocolBufferException;
import io.milvus.cdc.catalog.Catalog;
import io.milvus.cdc.catalog.CollectionEntry;
import io.milvus.cdc.catalog.DatabaseEntry;
import io.milvus.cdc.catalog.PartitionEntry;
import io.milvus.cdc.catalog.Timestamps;
import io.milvus.cdc.internal.decode.KeyValues;
import io.milvus.cdc.preflight.Finding;
import io.milvus.cdc.proto.meta.CollectionInfo;
import io.milvus.cdc.proto.meta.DatabaseInfo;
import io.milvus.cdc.proto.meta.DatabaseState;
import io.milvus.cdc.proto.meta.PartitionInfo;
import io.milvus.cdc.proto.meta.PartitionState;
import io.milvus.grpc.FieldSchema;
import io.milvus.grpc.FunctionSchema;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Builds the catalog from etcd keys, one key at a time. Not thread-safe.
 *
 * <p>A drop leaves the last living value in place and notes the time, because older rows are still
 * to be replayed.
 */
final class CatalogState {
  /** Milvus writes this over a dropped key before its garbage collection deletes the key. */
  private static final ByteString TOMBSTONE = ByteString.fromHex("e29bbc");

  private final Map<Long, DatabaseInfo> databases = new HashMap<>();

  /** The names of dropped databases that only the history holds. */
  private final Map<Long, DatabaseInfo> formerDatabases = new HashMap<>();

  private final Map<Long, CollectionHistory> collections = new HashMap<>();
  private final Map<Long, Map<Long, FieldSchema>> fields = new HashMap<>();
  private final Map<Long, Map<Long, FunctionSchema>> functions = new HashMap<>();
  private final Map<Long, Map<Long, PartitionInfo>> partitions = new HashMap<>();

  private final AliasState aliases = new AliasState();
  private final ServingState serving = new ServingState();
  private final AccessState access = new AccessState();

  /** Drops of partitions, whose ids are unique over the whole cluster. */
  private final Map<Long, Long> drops = new HashMap<>();

  /** The reasons why keys cannot be read, by key. */
  private final Map<String, Finding> unreadable = new TreeMap<>();

  private final Map<Long, Long> databaseDrops = new HashMap<>();
  private final Map<Long, Long> databaseBirths = new HashMap<>();

  private final Map<Long, CollectionEntry> entries = new HashMap<>();
  private final Set<Long> stale = new HashSet<>();
  private @Nullable Catalog catalog;

  /**
   * Applies one key. If it cannot be read, that is noted, so that it stops no other key.
   *
   * @param value null if the key was deleted
   */
  void apply(String key, @Nullable ByteString value) {
    ByteString living = TOMBSTONE.equals(value) ? null : value;
    CatalogKey parsed = CatalogKey.parse(key);
    boolean wasUnreadable = unreadable.remove(key) != null;
    try {
      if (AliasState.covers(key)) {
        aliases.apply(key, living, value == null);
      } else if (AccessState.covers(key)) {
        access.apply(key, living);
      } else if (parsed != null) {
        apply(parsed, living, value == null);
      } else if (!wasUnreadable) {
        return;
      }
    } catch (InvalidProtocolBufferException | NumberFormatException e) {
      unreadable.put(
          key,
          Finding.note(
              ("etcd key '%s' has no format of Milvus 2.3 to 2.5 (%s), so its content is not"
                      + " replicated.")
                  .formatted(key, e.getMessage()),
              "Repair or delete the key."));
    }
    catalog = null;
  }

  /** Returns the problem of each key that cannot be read. */
  List<Finding> unreadable() {
    return List.copyOf(unreadable.values());
  }

  private void apply(CatalogKey key, @Nullable ByteString value, boolean deleted)
      throws InvalidProtocolBufferException {
    switch (key.kind()) {
      case DATABASE -> applyDatabase(key, value, deleted);
      case COLLECTION -> {
        collections
            .computeIfAbsent(key.id(), id -> new CollectionHistory())
            .apply(key, value, deleted);
        stale.add(key.id());
      }
      case FIELD -> applyField(key, value);
      case FUNCTION -> applyFunction(key, value);
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
        formerDatabases.putIfAbsent(key.id(), info);
      } else if (!deleted) {
        noteDrop(databaseDrops, key);
      }
    } else if (alive) {
      databases.put(key.id(), info);
    } else {
      noteDrop(databaseDrops, key);
    }
  }

  private void applyField(CatalogKey key, @Nullable ByteString value)
      throws InvalidProtocolBufferException {
    // Fields are deleted after their collection. They are retained for the older rows.
    if (value != null && !key.historical()) {
      fields
          .computeIfAbsent(key.owner(), id -> new TreeMap<>())
          .put(key.id(), FieldSchema.parseFrom(value));
      stale.add(key.owner());
    }
  }

  private void applyFunction(CatalogKey key, @Nullable ByteString value)
      throws InvalidProtocolBufferException {
    if (value != null && !key.historical()) {
      functions
          .computeIfAbsent(key.owner(), id -> new TreeMap<>())
          .put(key.id(), FunctionSchema.parseFrom(value));
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
      // The state "dropping" precedes the tombstone; the first of both is the drop.
      drops.merge(
          key.id(), key.writtenAt(), (a, b) -> a == DatabaseEntry.LONG_AGO ? b : Math.min(a, b));
    } else {
      drops.putIfAbsent(key.id(), DatabaseEntry.LONG_AGO);
    }
  }

  /** Returns the catalog of all keys so far; the same instance until the next change. */
  Catalog catalog() {
    if (catalog == null) {
      for (Long id : stale) {
        CollectionHistory history = collections.get(id);
        if (history != null) {
          entry(history).ifPresent(entry -> entries.put(id, entry));
        }
      }
      stale.clear();
      Map<Long, DatabaseEntry> named = new HashMap<>();
      formerDatabases.forEach((id, info) -> named.put(id, former(info)));
      databases.forEach((id, info) -> named.put(id, entry(info)));
      catalog =
          new Catalog(
              named, entries, aliases.aliases(), serving.servings(new Schemas()), access.access());
    }
    return catalog;
  }

  private DatabaseEntry entry(DatabaseInfo info) {
    long created = Timestamps.ofMillis(TimeUnit.NANOSECONDS.toMillis(info.getCreateTime()));
    return new DatabaseEntry(
        info.getId(),
        info.getName(),
        databaseBirths.getOrDefault(info.getId(), created),
        databaseDrops.getOrDefault(info.getId(), 0L),
        KeyValues.map(info.getPropertiesList()));
  }

  private DatabaseEntry former(DatabaseInfo info) {
    DatabaseEntry was = entry(info);
    return new DatabaseEntry(
        was.id(),
        was.name(),
        was.createdAt(),
        was.dropped() ? was.droppedAt() : DatabaseEntry.LONG_AGO);
  }

  private Optional<CollectionEntry> entry(CollectionHistory history) {
    CollectionInfo info = history.info();
    if (info == null) {
      return Optional.empty();
    }
    Map<Long, PartitionEntry> parts = new TreeMap<>();
    partitions
        .getOrDefault(info.getId(), Map.of())
        .forEach(
            (id, part) ->
                parts.put(
                    id,
                    new PartitionEntry(
                        id, part.getName(), part.getCreateTime(), drops.getOrDefault(id, 0L))));
    return Optional.of(
        CollectionEntries.of(
            info,
            fields.getOrDefault(info.getId(), Map.of()).values(),
            functions.getOrDefault(info.getId(), Map.of()).values(),
            parts,
            history.droppedAt(),
            history.names(info)));
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
