package io.milvus.cdc.internal.wal;

import io.milvus.cdc.catalog.IndexEntry;
import io.milvus.cdc.catalog.Load;
import io.milvus.cdc.catalog.Serving;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/** Follows the indexes and the load of one collection through the changes of a log. */
final class ServingState {
  /** In the order of their ids. Those of the first look whose ids are unknown come first. */
  private final TreeMap<Long, IndexEntry> indexes = new TreeMap<>();

  private Load load = Load.NONE;
  private long changedAt;

  ServingState(long changedAt) {
    this.changedAt = changedAt;
  }

  static ServingState listed(long collection, FirstLook first) {
    Serving serving = first.catalog().serving(collection);
    ServingState state = new ServingState(first.asOf());
    state.load = serving.load();
    Map<String, Long> ids = new HashMap<>();
    first
        .indexes()
        .forEach(
            (id, name) -> {
              if (name.collectionId() == collection) {
                ids.put(name.name(), id);
              }
            });
    long unknown = -serving.indexes().size();
    for (IndexEntry index : serving.indexes()) {
      state.indexes.put(ids.getOrDefault(index.name(), unknown++), index);
    }
    return state;
  }

  /** Returns whether a change is later than all earlier ones, and notes it as such. */
  boolean isNewer(Moment at) {
    boolean newer = at.tick() > changedAt;
    changedAt = Math.max(changedAt, at.tick());
    return newer;
  }

  boolean put(ServingChange.Index index, String field) {
    IndexEntry entry = new IndexEntry(index.name(), field, index.parameters());
    return !entry.equals(indexes.put(index.id(), entry));
  }

  boolean dropIndexes(Set<Long> dropped) {
    boolean had = !indexes.isEmpty();
    if (dropped.isEmpty()) {
      indexes.clear();
      return had;
    }
    return indexes.keySet().removeAll(dropped);
  }

  boolean become(Load changed) {
    boolean differs = !changed.equals(load);
    load = changed;
    return differs;
  }

  /** Loads one more partition, if anything is loaded. */
  boolean load(long partition) {
    if (load.isNone() || !load.whole()) {
      return false;
    }
    Set<Long> more = new HashSet<>(load.partitions());
    more.add(partition);
    return become(new Load(true, more, load.replicas()));
  }

  /** Changes the number of copies, if anything is loaded. */
  boolean copies(int replicas) {
    return !load.isNone()
        && replicas > 0
        && become(new Load(load.whole(), load.partitions(), replicas));
  }

  /** Returns the indexes and the load of those partitions that exist. */
  Serving serving(Set<Long> partitions) {
    return new Serving(List.copyOf(indexes.values()), load.of(partitions));
  }

  Map<Long, FirstLook.IndexName> indexes(long collection) {
    Map<Long, FirstLook.IndexName> names = new HashMap<>();
    indexes.forEach(
        (id, index) -> {
          if (id > 0) {
            names.put(id, new FirstLook.IndexName(collection, index.name()));
          }
        });
    return names;
  }
}
