package io.milvus.cdc.internal.order;

import io.milvus.cdc.NameMapping;
import io.milvus.cdc.catalog.Catalog;
import io.milvus.cdc.catalog.CollectionEntry;
import io.milvus.cdc.catalog.DatabaseEntry;
import io.milvus.cdc.catalog.PartitionEntry;
import io.milvus.cdc.event.SchemaEvent;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.LongFunction;
import java.util.function.LongPredicate;

/**
 * Finds the creations that need not wait for their turn: the name is free on the target, and no
 * earlier change needs it. The new objects cannot have rows before their turn. So readers can see
 * the difference only by the name.
 */
public final class EarlyCreations implements SchemaEvent.Visitor<RuntimeException> {
  private final NameMapping names;
  private final LongPredicate held;
  private final Set<String> taken = new HashSet<>();
  private final Set<Long> databases = new HashSet<>();
  private final Map<Long, Set<String>> partitions = new HashMap<>();
  private final List<SchemaEvent.Creation> found = new ArrayList<>();

  private EarlyCreations(NameMapping names, LongPredicate held) {
    this.names = names;
    this.held = held;
  }

  /**
   * Returns the first of these creations, in an order in which they can be applied.
   *
   * @param applied the catalog as the target has it
   * @param plan the changes to come, in order
   * @param databaseOf returns a database by its id
   * @param names the names on the target
   * @param held whether the creation of this id must wait for its turn anyway
   */
  public static List<SchemaEvent.Creation> of(
      Catalog applied,
      List<SchemaEvent> plan,
      LongFunction<DatabaseEntry> databaseOf,
      NameMapping names,
      LongPredicate held,
      int atMost) {
    EarlyCreations early = new EarlyCreations(names, held);
    early.begin(applied, databaseOf);
    for (SchemaEvent event : plan) {
      if (early.found.size() == atMost) {
        break;
      }
      event.accept(early);
    }
    return early.found;
  }

  private void begin(Catalog applied, LongFunction<DatabaseEntry> databaseOf) {
    databases.add(DatabaseEntry.DEFAULT_ID);
    for (DatabaseEntry database : applied.databases().values()) {
      databases.add(database.id());
      taken.add(names.databaseOf(database.name()));
    }
    for (CollectionEntry collection : applied.collections().values()) {
      taken.add(placeOf(databaseOf.apply(collection.databaseId()), collection.name()));
      partitions.put(collection.id(), namesOf(collection));
    }
    applied
        .aliases()
        .values()
        .forEach(
            alias -> takeAlias(databaseOf.apply(alias.name().databaseId()), alias.name().text()));
  }

  private static Set<String> namesOf(CollectionEntry collection) {
    Set<String> names = new HashSet<>();
    collection.partitions().values().forEach(partition -> names.add(partition.name()));
    return names;
  }

  private String placeOf(DatabaseEntry database, String collection) {
    return names.databaseOf(database.name(), collection)
        + "."
        + names.collectionOf(database.name(), collection);
  }

  /**
   * Marks an alias's name as used. It does not change with the database of its collection on the
   * target.
   */
  private void takeAlias(DatabaseEntry database, String alias) {
    taken.add(names.databaseOf(database.name()) + "." + alias);
    taken.add(placeOf(database, alias));
  }

  private boolean find(SchemaEvent.Creation creation, boolean free) {
    return free && !held.test(creation.creates()) && found.add(creation);
  }

  @Override
  public void createDatabase(SchemaEvent.CreateDatabase event) {
    if (find(event, taken.add(names.databaseOf(event.database().name())))) {
      databases.add(event.database().id());
    }
  }

  @Override
  public void createCollection(SchemaEvent.CreateCollection event) {
    CollectionEntry collection = event.collection();
    boolean free = taken.add(placeOf(event.database(), collection.name()));
    if (find(event, free && databases.contains(event.database().id()))) {
      partitions.put(collection.id(), namesOf(collection));
    }
  }

  @Override
  public void createPartition(SchemaEvent.CreatePartition event) {
    Set<String> there = partitions.get(event.collection().id());
    if (there != null) {
      PartitionEntry partition = event.partition();
      find(event, there.add(partition.name()));
    }
  }

  @Override
  public void renameCollection(SchemaEvent.RenameCollection event) {
    taken.add(placeOf(event.to(), event.naming().name()));
  }

  @Override
  public void setAlias(SchemaEvent.SetAlias event) {
    takeAlias(event.database(), event.alias().name().text());
  }

  // A name is free only once the target has dropped its former owner.

  @Override
  public void dropDatabase(SchemaEvent.DropDatabase event) {}

  @Override
  public void dropCollection(SchemaEvent.DropCollection event) {}

  @Override
  public void dropPartition(SchemaEvent.DropPartition event) {}

  @Override
  public void dropAlias(SchemaEvent.DropAlias event) {}
}
