package io.milvus.cdc.internal.wal;

import io.milvus.cdc.catalog.DatabaseEntry;
import java.util.HashMap;
import java.util.Map;

/** Follows the databases through the changes of a log. */
final class DatabaseStates {
  private final Map<Long, DatabaseEntry> entries;

  /** The ticks of the last changes of properties. */
  private final Map<Long, Long> changedAt = new HashMap<>();

  DatabaseStates(FirstLook first) {
    entries = new HashMap<>(first.catalog().databases());
    entries.keySet().forEach(id -> changedAt.put(id, first.asOf()));
  }

  Map<Long, DatabaseEntry> entries() {
    return entries;
  }

  /**
   * Adds the database that a collection names, if it is unknown: no message creates the default
   * database. Returns whether it was unknown.
   */
  boolean learn(CollectionChange change) {
    return change instanceof CollectionChange.Create create
        && entries.putIfAbsent(
                create.databaseId(),
                new DatabaseEntry(create.databaseId(), create.database(), 0, 0))
            == null;
  }

  /** Returns whether the change changed anything. */
  boolean apply(DatabaseChange change, Moment at) {
    return change.accept(new Applying(at));
  }

  private final class Applying implements DatabaseChange.Kinds<Boolean> {
    private final Moment at;

    Applying(Moment at) {
      this.at = at;
    }

    @Override
    public Boolean create(DatabaseChange.Create change) {
      long id = change.databaseId();
      if (entries.containsKey(id)) {
        return false;
      }
      entries.put(id, new DatabaseEntry(id, change.name(), at.tick(), 0, change.properties()));
      changedAt.put(id, at.tick());
      return true;
    }

    @Override
    public Boolean alter(DatabaseChange.Alter change) {
      long id = change.databaseId();
      DatabaseEntry before = entries.get(id);
      if (before == null || before.dropped() || at.tick() <= changedAt.getOrDefault(id, 0L)) {
        return false;
      }
      changedAt.put(id, at.tick());
      return replace(before, 0, change.properties());
    }

    @Override
    public Boolean drop(DatabaseChange.Drop change) {
      DatabaseEntry before = entries.get(change.databaseId());
      return before != null
          && replace(before, Math.max(before.droppedAt(), at.tick()), before.properties());
    }

    private boolean replace(DatabaseEntry before, long droppedAt, Map<String, String> properties) {
      DatabaseEntry after =
          new DatabaseEntry(before.id(), before.name(), before.createdAt(), droppedAt, properties);
      entries.put(before.id(), after);
      return !after.equals(before);
    }
  }
}
