package io.milvus.cdc.internal.wal;

import io.milvus.cdc.catalog.AliasEntry;
import io.milvus.cdc.catalog.AliasName;
import java.util.HashMap;
import java.util.Map;

/** Follows the aliases through the changes of a log. */
final class AliasStates {
  private final Map<AliasName, AliasEntry> entries;
  private final Map<AliasName, Long> changedAt = new HashMap<>();

  AliasStates(FirstLook first) {
    entries = new HashMap<>(first.catalog().aliases());
    entries.keySet().forEach(name -> changedAt.put(name, first.asOf()));
  }

  Map<AliasName, AliasEntry> entries() {
    return entries;
  }

  /** Returns whether the change changed anything. */
  boolean apply(AliasChange change, Moment at) {
    if (at.tick() <= changedAt.getOrDefault(change.alias(), 0L)) {
      return false;
    }
    changedAt.put(change.alias(), at.tick());
    return change.accept(new Applying(at));
  }

  private final class Applying implements AliasChange.Kinds<Boolean> {
    private final Moment at;

    Applying(Moment at) {
      this.at = at;
    }

    @Override
    public Boolean set(AliasChange.Set change) {
      AliasEntry before = entries.get(change.alias());
      if (before != null && !before.dropped() && before.collectionId() == change.collectionId()) {
        return false;
      }
      entries.put(
          change.alias(), new AliasEntry(change.alias(), change.collectionId(), at.tick(), 0));
      return true;
    }

    @Override
    public Boolean drop(AliasChange.Drop change) {
      AliasEntry before = entries.get(change.alias());
      if (before == null || before.dropped()) {
        return false;
      }
      entries.put(
          change.alias(),
          new AliasEntry(before.name(), before.collectionId(), before.since(), at.tick()));
      return true;
    }
  }
}
