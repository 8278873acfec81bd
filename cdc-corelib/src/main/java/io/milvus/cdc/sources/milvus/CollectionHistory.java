package io.milvus.cdc.sources.milvus;

import com.google.protobuf.ByteString;
import com.google.protobuf.InvalidProtocolBufferException;
import io.milvus.cdc.catalog.DatabaseEntry;
import io.milvus.cdc.catalog.Naming;
import io.milvus.cdc.proto.meta.CollectionInfo;
import io.milvus.cdc.proto.meta.CollectionState;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * Reads the names and the end of one collection from its keys.
 *
 * <p>A rename writes the key again. A move to another database writes a key below that one and a
 * tombstone on the old key, in one transaction (Milvus 2.3
 * internal/metastore/kv/rootcoord/kv_catalog.go alterModifyCollection). So a collection is dropped
 * when none of its keys lives. Milvus removes the copies of dead keys. If a collection was moved,
 * its older names may therefore be unknown, but never the names in its present database.
 */
final class CollectionHistory {
  /** The databases below which the collection has a living key. */
  private final Set<Long> livesIn = new HashSet<>();

  private final TreeMap<Long, Naming> namings = new TreeMap<>();

  /** The times at which its keys died: by a move, or by its drop. */
  private final TreeSet<Long> deaths = new TreeSet<>();

  private @Nullable CollectionInfo info;

  /**
   * Applies one key.
   *
   * @param value null if the key was deleted, or overwritten by a tombstone
   * @param deleted whether there is no value at all
   */
  void apply(CatalogKey key, @Nullable ByteString value, boolean deleted)
      throws InvalidProtocolBufferException {
    CollectionInfo told = value == null ? null : CollectionInfo.parseFrom(value);
    CollectionState state = told == null ? null : told.getState();
    boolean alive =
        state == CollectionState.COLLECTION_STATE_CREATED
            || state == CollectionState.COLLECTION_STATE_CREATING;
    if (key.historical()) {
      if (alive && told != null) {
        namings.put(key.writtenAt(), naming(key.writtenAt(), told));
      } else if (!deleted) {
        deaths.add(key.writtenAt());
      }
      return;
    }
    if (alive) {
      livesIn.add(key.owner());
    } else {
      livesIn.remove(key.owner());
    }
    if (told != null && state != CollectionState.COLLECTION_STATE_CREATING) {
      // A drop leaves the last value in place, for the older rows.
      info = told;
    }
  }

  private static Naming naming(long since, CollectionInfo info) {
    return new Naming(since, CollectionEntries.databaseOf(info), info.getSchema().getName());
  }

  /** Returns the last value, or null while the collection is still being created. */
  @Nullable CollectionInfo info() {
    return info;
  }

  /** Returns the timestamp of its drop, or 0. */
  long droppedAt() {
    if (!livesIn.isEmpty()) {
      return 0;
    }
    // The state "dropping" precedes the tombstone; the first of both is the drop.
    Long drop = deaths.higher(namings.isEmpty() ? 0L : namings.lastKey());
    return drop == null ? DatabaseEntry.LONG_AGO : drop;
  }

  /** Returns its names, oldest first. The last is the name in its last value. */
  List<Naming> names(CollectionInfo last) {
    List<Naming> names = new ArrayList<>();
    for (Naming naming : namings.values()) {
      if (names.isEmpty() || !names.get(names.size() - 1).samePlace(naming)) {
        names.add(naming);
      }
    }
    Naming newest = names.isEmpty() ? null : names.get(names.size() - 1);
    Naming now = naming(newest == null ? last.getCreateTime() : newest.since() + 1, last);
    if (newest == null || !newest.samePlace(now)) {
      names.add(now);
    }
    return names;
  }
}
