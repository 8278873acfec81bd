package io.milvus.cdc.internal.engine;

import io.milvus.cdc.NameMapping;
import io.milvus.cdc.catalog.CollectionEntry;
import io.milvus.cdc.catalog.DatabaseEntry;
import io.milvus.cdc.catalog.Naming;
import io.milvus.cdc.error.TargetException;
import io.milvus.cdc.event.Placed;
import io.milvus.cdc.event.SchemaEvent;
import io.milvus.cdc.targets.TargetSession;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;

/**
 * Applies changes under mapped names on the target. Only changes of the catalog hold names that
 * matter. Everything later is found by the collection's id.
 */
final class MappedSession extends ForwardingSession
    implements SchemaEvent.Visitor<InterruptedException> {
  private final NameMapping names;

  /** The ids of the source's collections, by their places on the target. */
  private final Map<String, Long> collections = new HashMap<>();

  private final Map<String, Long> databases = new HashMap<>();

  private MappedSession(TargetSession target, NameMapping names) {
    super(target);
    this.names = names;
  }

  /** Returns the session itself if nothing is mapped. */
  static TargetSession of(TargetSession target, NameMapping names) {
    return names.isNone() ? target : new MappedSession(target, names);
  }

  @Override
  public boolean bind(DatabaseEntry database, CollectionEntry collection)
      throws InterruptedException {
    return !bindAll(List.of(new Placed(database, collection))).isEmpty();
  }

  @Override
  public Set<Long> bindAll(List<Placed> placed) throws InterruptedException {
    Set<Long> there = target.bindAll(placed.stream().map(this::mapped).toList());
    for (Placed one : placed) {
      if (there.contains(one.collection().id())) {
        collections.put(place(one.database(), one.collection().name()), one.collection().id());
      }
    }
    return there;
  }

  private Placed mapped(Placed one) {
    return new Placed(
        databaseOf(one.database(), one.collection().name()),
        mapped(one.database(), one.collection()));
  }

  private CollectionEntry mapped(DatabaseEntry database, CollectionEntry collection) {
    return mapped(names, database.name(), collection);
  }

  private static CollectionEntry mapped(
      NameMapping names, String database, CollectionEntry collection) {
    String name = names.collectionOf(database, collection.name());
    return collection.named(
        List.of(new Naming(collection.naming().since(), collection.databaseId(), name)));
  }

  private DatabaseEntry databaseOf(DatabaseEntry database, String collection) {
    return named(database, names.databaseOf(database.name(), collection));
  }

  private static DatabaseEntry named(DatabaseEntry database, String name) {
    return new DatabaseEntry(database.id(), name, database.createdAt(), database.droppedAt());
  }

  private String place(DatabaseEntry database, String collection) {
    return names.databaseOf(database.name(), collection)
        + "."
        + names.collectionOf(database.name(), collection);
  }

  @Override
  public void apply(SchemaEvent event) throws InterruptedException {
    event.accept(this);
  }

  @Override
  public void createDatabase(SchemaEvent.CreateDatabase event) throws InterruptedException {
    target.apply(claimed(event));
  }

  private SchemaEvent claimed(SchemaEvent.CreateDatabase event) {
    String name = names.databaseOf(event.database().name());
    claim(databases, name, event.database().id(), "Database " + event.database().name());
    return new SchemaEvent.CreateDatabase(event.timestamp(), named(event.database(), name));
  }

  @Override
  public void dropDatabase(SchemaEvent.DropDatabase event) throws InterruptedException {
    String name = names.databaseOf(event.database().name());
    databases.remove(name, event.database().id());
    // Collections of other databases may have been mapped into it.
    if (collections.keySet().stream().noneMatch(place -> place.startsWith(name + "."))) {
      target.apply(new SchemaEvent.DropDatabase(event.timestamp(), named(event.database(), name)));
    }
  }

  @Override
  public void createCollection(SchemaEvent.CreateCollection event) throws InterruptedException {
    CollectionEntry collection = event.collection();
    take(event.timestamp(), event.database(), collection.name(), collection.id());
    target.apply(mapped(names, event));
  }

  @Override
  public List<SchemaEvent> createAhead(List<SchemaEvent> creations) throws InterruptedException {
    Map<SchemaEvent, SchemaEvent> originals = new HashMap<>();
    List<SchemaEvent> mapped = new ArrayList<>();
    for (SchemaEvent creation : creations) {
      SchemaEvent one = creation;
      if (creation instanceof SchemaEvent.CreateDatabase event) {
        one = claimed(event);
      } else if (creation instanceof SchemaEvent.CreateCollection event) {
        CollectionEntry collection = event.collection();
        homeOf(event.timestamp(), event.database(), collection.name(), collection.id())
            .ifPresent(mapped::add);
        one = mapped(names, event);
      }
      originals.put(one, creation);
      mapped.add(one);
    }
    List<SchemaEvent> made =
        target.createAhead(mapped).stream().map(originals::get).filter(Objects::nonNull).toList();
    creations.stream().filter(one -> !made.contains(one)).forEach(this::release);
    return made;
  }

  /** Releases the names of objects that were not created. */
  private void release(SchemaEvent creation) {
    (creation instanceof SchemaEvent.CreateDatabase ? databases : collections)
        .values()
        .removeIf(id -> id == creation.creates());
  }

  /** Returns the same creation under its names on the target. */
  static SchemaEvent.CreateCollection mapped(
      NameMapping names, SchemaEvent.CreateCollection event) {
    String database = event.database().name();
    CollectionEntry collection = event.collection();
    return new SchemaEvent.CreateCollection(
        event.timestamp(),
        named(event.database(), names.databaseOf(database, collection.name())),
        mapped(names, database, collection));
  }

  /**
   * Reserves a collection's name on the target, which must be free, and creates its database if
   * needed.
   */
  private void take(long timestamp, DatabaseEntry database, String name, long id)
      throws InterruptedException {
    Optional<SchemaEvent> home = homeOf(timestamp, database, name, id);
    if (home.isPresent()) {
      target.apply(home.get());
    }
  }

  /**
   * Reserves the name of a collection on the target, which must be free.
   *
   * @return the creation of its database there, if no database of the source can ever create it
   */
  private Optional<SchemaEvent> homeOf(
      long timestamp, DatabaseEntry database, String name, long id) {
    claim(
        collections,
        place(database, name),
        id,
        "Collection %s.%s".formatted(database.name(), name));
    DatabaseEntry home = databaseOf(database, name);
    return home.name().equals(names.databaseOf(database.name()))
        ? Optional.empty()
        : Optional.of(new SchemaEvent.CreateDatabase(timestamp, home));
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

  @Override
  public void dropCollection(SchemaEvent.DropCollection event) throws InterruptedException {
    target.apply(
        new SchemaEvent.DropCollection(
            event.timestamp(),
            databaseOf(event.database(), event.collection().name()),
            mapped(event.database(), event.collection())));
    collections.values().remove(event.collection().id());
  }

  @Override
  public void renameCollection(SchemaEvent.RenameCollection event) throws InterruptedException {
    CollectionEntry collection = event.collection();
    Naming naming = event.naming();
    take(event.timestamp(), event.to(), naming.name(), collection.id());
    String name = names.collectionOf(event.to().name(), naming.name());
    target.apply(
        new SchemaEvent.RenameCollection(
            event.timestamp(),
            databaseOf(event.from(), collection.name()),
            databaseOf(event.to(), naming.name()),
            mapped(event.from(), collection),
            new Naming(naming.since(), naming.databaseId(), name)));
    collections.values().removeIf(id -> id == collection.id());
    collections.put(place(event.to(), naming.name()), collection.id());
  }

  @Override
  public void createPartition(SchemaEvent.CreatePartition event) throws InterruptedException {
    target.apply(event);
  }

  @Override
  public void dropPartition(SchemaEvent.DropPartition event) throws InterruptedException {
    target.apply(event);
  }

  @Override
  public void setAlias(SchemaEvent.SetAlias event) throws InterruptedException {
    target.apply(event);
  }

  @Override
  public void dropAlias(SchemaEvent.DropAlias event) throws InterruptedException {
    target.apply(event);
  }
}
