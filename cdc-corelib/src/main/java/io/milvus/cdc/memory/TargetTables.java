package io.milvus.cdc.memory;

import io.milvus.cdc.catalog.CollectionEntry;
import io.milvus.cdc.catalog.DatabaseEntry;
import io.milvus.cdc.catalog.PartitionEntry;
import io.milvus.cdc.error.TargetException;
import io.milvus.cdc.event.SchemaEvent;
import io.milvus.cdc.targets.RowsOnTarget;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** Holds the collections of a target in memory, by the source's ids. Thread-safe. */
final class TargetTables implements SchemaEvent.Visitor<RuntimeException> {
  private final Map<Long, TargetTable> tables = new TreeMap<>();

  synchronized Set<String> names() {
    Set<String> names = new TreeSet<>();
    tables.values().forEach(table -> names.add(table.name()));
    return names;
  }

  synchronized TargetTable named(String database, String collection) {
    TargetTable found = find(database, collection);
    if (found == null) {
      throw new IllegalArgumentException(
          "There is no collection %s.%s. There are %s.".formatted(database, collection, names()));
    }
    return found;
  }

  private @Nullable TargetTable find(String database, String collection) {
    return tables.values().stream()
        .filter(table -> table.name().equals(database + "." + collection))
        .findFirst()
        .orElse(null);
  }

  /** Returns the table of a collection under this name, or null. */
  synchronized @Nullable TargetTable bound(DatabaseEntry database, CollectionEntry collection) {
    TargetTable found = tables.get(collection.id());
    return found != null && found.name().equals(database.name() + "." + collection.name())
        ? found
        : null;
  }

  /** Returns the table of an existing collection. */
  synchronized TargetTable of(long collection) {
    TargetTable found = tables.get(collection);
    if (found == null) {
      throw new TargetException("There is no collection of the source's id " + collection, "");
    }
    return found;
  }

  synchronized boolean inTheWay(SchemaEvent.CreateCollection wanted, RowsOnTarget rows) {
    TargetTable there = find(wanted.database().name(), wanted.collection().name());
    return there != null
        && (rows == RowsOnTarget.NONE || !there.equals(tables.get(wanted.collection().id())));
  }

  @Override
  public void createDatabase(SchemaEvent.CreateDatabase event) {}

  @Override
  public void dropDatabase(SchemaEvent.DropDatabase event) {}

  @Override
  public synchronized void createCollection(SchemaEvent.CreateCollection event) {
    CollectionEntry collection = event.collection();
    TargetTable other = find(event.database().name(), collection.name());
    if (other != null && !other.equals(tables.get(collection.id()))) {
      throw new TargetException(
          "Collection %s is on the target already, created from another collection."
              .formatted(other.name()),
          "Drop it, or use a new target.");
    }
    TargetTable table =
        tables.computeIfAbsent(
            collection.id(), id -> new TargetTable(event.database().name(), collection));
    collection.partitions().values().stream()
        .filter(partition -> !partition.dropped())
        .forEach(table::add);
  }

  @Override
  public synchronized void dropCollection(SchemaEvent.DropCollection event) {
    tables.remove(event.collection().id());
  }

  @Override
  public synchronized void renameCollection(SchemaEvent.RenameCollection event) {
    of(event.collection().id()).rename(event.to().name(), event.naming().name());
  }

  @Override
  public void createPartition(SchemaEvent.CreatePartition event) {
    of(event.collection().id()).add(event.partition());
  }

  @Override
  public void dropPartition(SchemaEvent.DropPartition event) {
    PartitionEntry partition = event.partition();
    of(event.collection().id()).drop(partition);
  }

  @Override
  public void setAlias(SchemaEvent.SetAlias event) {}

  @Override
  public void dropAlias(SchemaEvent.DropAlias event) {}
}
