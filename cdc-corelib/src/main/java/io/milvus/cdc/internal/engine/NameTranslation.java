package io.milvus.cdc.internal.engine;

import io.milvus.cdc.NameMapping;
import io.milvus.cdc.catalog.CollectionEntry;
import io.milvus.cdc.catalog.DatabaseEntry;
import io.milvus.cdc.catalog.Naming;
import io.milvus.cdc.error.TargetException;
import io.milvus.cdc.event.Placed;
import io.milvus.cdc.event.SchemaEvent;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Translates changes of the catalog to the names on the target. Each name there belongs to one
 * object of the source.
 */
final class NameTranslation implements SchemaEvent.Visitor<RuntimeException> {
  private final NameMapping names;

  /** The ids of the source's collections, by their places on the target. */
  private final Map<String, Long> collections = new HashMap<>();

  private final Map<String, Long> databases = new HashMap<>();
  private final List<SchemaEvent> translated = new ArrayList<>();

  NameTranslation(NameMapping names) {
    this.names = names;
  }

  /** Returns the changes to apply in its place, in order. For a creation, its own is the last. */
  List<SchemaEvent> of(SchemaEvent event) {
    translated.clear();
    event.accept(this);
    return List.copyOf(translated);
  }

  /** Returns a collection at its place on the target. */
  Placed of(Placed placed) {
    return new Placed(
        databaseOf(placed.database(), placed.collection().name()),
        mapped(names, placed.database().name(), placed.collection()));
  }

  /** Returns the same creation under its names on the target. */
  static SchemaEvent.CreateCollection of(NameMapping names, SchemaEvent.CreateCollection event) {
    String database = event.database().name();
    CollectionEntry collection = event.collection();
    return new SchemaEvent.CreateCollection(
        event.timestamp(),
        named(event.database(), names.databaseOf(database, collection.name())),
        mapped(names, database, collection));
  }

  /** Records that the target has a collection. */
  void occupy(Placed placed) {
    String name = placed.collection().name();
    collections.put(place(placed.database(), name), placed.collection().id());
  }

  /** Releases the name of an object that was not created. */
  void release(SchemaEvent.Creation creation) {
    creation.opposite().accept(this);
  }

  @Override
  public void createDatabase(SchemaEvent.CreateDatabase event) {
    String name = names.databaseOf(event.database().name());
    claim(databases, name, event.database().id(), "Database " + event.database().name());
    translated.add(
        new SchemaEvent.CreateDatabase(event.timestamp(), named(event.database(), name)));
  }

  @Override
  public void dropDatabase(SchemaEvent.DropDatabase event) {
    String name = names.databaseOf(event.database().name());
    databases.remove(name, event.database().id());
    // Collections of other databases may have been mapped into it.
    if (collections.keySet().stream().noneMatch(place -> place.startsWith(name + "."))) {
      translated.add(
          new SchemaEvent.DropDatabase(event.timestamp(), named(event.database(), name)));
    }
  }

  @Override
  public void createCollection(SchemaEvent.CreateCollection event) {
    CollectionEntry collection = event.collection();
    take(event.timestamp(), event.database(), collection.name(), collection.id());
    translated.add(of(names, event));
  }

  @Override
  public void dropCollection(SchemaEvent.DropCollection event) {
    Placed there = of(new Placed(event.database(), event.collection()));
    translated.add(
        new SchemaEvent.DropCollection(event.timestamp(), there.database(), there.collection()));
    free(event.collection());
  }

  @Override
  public void renameCollection(SchemaEvent.RenameCollection event) {
    CollectionEntry collection = event.collection();
    Naming naming = event.naming();
    take(event.timestamp(), event.to(), naming.name(), collection.id());
    Placed before = of(new Placed(event.from(), collection));
    String name = names.collectionOf(event.to().name(), naming.name());
    translated.add(
        new SchemaEvent.RenameCollection(
            event.timestamp(),
            before.database(),
            databaseOf(event.to(), naming.name()),
            before.collection(),
            new Naming(naming.since(), naming.databaseId(), name)));
    free(collection);
    collections.put(place(event.to(), naming.name()), collection.id());
  }

  @Override
  public void createPartition(SchemaEvent.CreatePartition event) {
    translated.add(event);
  }

  @Override
  public void dropPartition(SchemaEvent.DropPartition event) {
    translated.add(event);
  }

  @Override
  public void setAlias(SchemaEvent.SetAlias event) {
    translated.add(event);
  }

  @Override
  public void dropAlias(SchemaEvent.DropAlias event) {
    translated.add(event);
  }

  /**
   * Reserves a collection's name on the target, which must be free. Creates its database there, if
   * no database of the source can ever create it.
   */
  private void take(long timestamp, DatabaseEntry database, String name, long id) {
    claim(
        collections,
        place(database, name),
        id,
        "Collection %s.%s".formatted(database.name(), name));
    DatabaseEntry home = databaseOf(database, name);
    if (!home.name().equals(names.databaseOf(database.name()))) {
      translated.add(new SchemaEvent.CreateDatabase(timestamp, home));
    }
  }

  private static void claim(Map<String, Long> taken, String name, long id, String what) {
    Long other = taken.putIfAbsent(name, id);
    if (other != null && other != id) {
      throw new TargetException(
          ("%s (source id %d) would be %s on the target, but source id %d already has that"
                  + " name.")
              .formatted(what, id, name, other),
          "Map one of the two to another name, or leave it out of the selection, in a new"
              + " task.");
    }
  }

  private void free(CollectionEntry collection) {
    collections.values().removeIf(id -> id == collection.id());
  }

  private String place(DatabaseEntry database, String collection) {
    return names.databaseOf(database.name(), collection)
        + "."
        + names.collectionOf(database.name(), collection);
  }

  private DatabaseEntry databaseOf(DatabaseEntry database, String collection) {
    return named(database, names.databaseOf(database.name(), collection));
  }

  private static DatabaseEntry named(DatabaseEntry database, String name) {
    return new DatabaseEntry(database.id(), name, database.createdAt(), database.droppedAt());
  }

  private static CollectionEntry mapped(
      NameMapping names, String database, CollectionEntry collection) {
    String name = names.collectionOf(database, collection.name());
    return collection.named(
        List.of(new Naming(collection.naming().since(), collection.databaseId(), name)));
  }
}
