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
 * What the keys of one collection tell of its names and its end.
 *
 * <p>A rename writes the key anew. A move to another database writes a key below that one and puts
 * a tombstone on the old, in one transaction (Milvus 2.3
 * internal/metastore/kv/rootcoord/kv_catalog.go alterModifyCollection); so a collection is dropped
 * when none of its keys lives. Milvus cleans up the copies of keys that are dead, so of a
 * collection that was moved the older names may be unknown, and those in its present database never
 * are.
 */
final class CollectionHistory {
  /** The databases below which it has a living key. */
  private final Set<Long> livesIn = new HashSet<>();

  private final TreeMap<Long, Naming> namings = new TreeMap<>();

  /** When a key of it died: by a move, or by its drop. */
  private final TreeSet<Long> deaths = new TreeSet<>();

  private @Nullable CollectionInfo info;

  /**
   * Takes in one key.
   *
   * @param value null where the key was deleted, or overwritten to say so
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
      // A drop leaves the last value in place, for the rows that came before it.
      info = told;
    }
  }

  private static Naming naming(long since, CollectionInfo info) {
    return new Naming(since, CollectionEntries.databaseOf(info), info.getSchema().getName());
  }

  /** The last value, or null while the collection is only being made. */
  @Nullable CollectionInfo info() {
    return info;
  }

  /** When it was dropped, or 0. */
  long droppedAt() {
    if (!livesIn.isEmpty()) {
      return 0;
    }
    // Dropping comes before the tombstone, and the first of them is the drop.
    Long drop = deaths.higher(namings.isEmpty() ? 0L : namings.lastKey());
    return drop == null ? DatabaseEntry.LONG_AGO : drop;
  }

  /** Its names, oldest first; the last is the one in its last value. */
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
