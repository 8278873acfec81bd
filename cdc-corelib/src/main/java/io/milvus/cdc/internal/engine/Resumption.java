package io.milvus.cdc.internal.engine;

import io.milvus.cdc.catalog.AliasEntry;
import io.milvus.cdc.catalog.Catalog;
import io.milvus.cdc.catalog.CollectionEntry;
import io.milvus.cdc.catalog.DatabaseEntry;
import io.milvus.cdc.catalog.Naming;
import io.milvus.cdc.error.TargetException;
import io.milvus.cdc.event.Placed;
import io.milvus.cdc.event.SchemaEvent;
import io.milvus.cdc.internal.order.AppliedCatalog;
import io.milvus.cdc.targets.TargetSession;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Binds a checkpoint's objects to the target, and completes the changes that an earlier life began.
 *
 * @param known the source's catalog
 */
record Resumption(TargetSession target, AppliedCatalog applied, Catalog known) {

  /**
   * Binds the listed objects to their counterparts.
   *
   * @param intended the ids of listed objects that may not exist there
   * @return whether there were such objects
   */
  boolean begin(Set<Long> intended, long watermark) throws InterruptedException {
    List<SchemaEvent.Creation> begun = creations(intended);
    List<SchemaEvent.Creation> places =
        begun.stream().filter(event -> !(event instanceof SchemaEvent.CreatePartition)).toList();
    end(places, watermark);
    bind(
        applied.catalog().collections().values().stream()
            .filter(collection -> !intended.contains(collection.id()))
            .toList());
    List<SchemaEvent.Creation> partitions =
        creations(intended).stream().filter(SchemaEvent.CreatePartition.class::isInstance).toList();
    end(partitions, watermark);
    restate();
    return !begun.isEmpty();
  }

  /** Returns the creations, databases before their contents. */
  private List<SchemaEvent.Creation> creations(Set<Long> ids) {
    return ids.stream()
        .map(id -> applied.creationOf(id, known))
        .flatMap(Optional::stream)
        .sorted(Comparator.comparing(event -> !(event instanceof SchemaEvent.CreateDatabase)))
        .toList();
  }

  /**
   * Creates the objects again. A creation that was early, or whose object the source has dropped,
   * must not send a tick of its time. The target may reject it without harm.
   */
  private void end(List<SchemaEvent.Creation> begun, long watermark) throws InterruptedException {
    List<SchemaEvent.Creation> early =
        begun.stream()
            .filter(event -> target.createsAhead())
            .filter(event -> event.timestamp() > watermark + 1 || !event.existsIn(known))
            .toList();
    for (SchemaEvent event : begun) {
      if (!early.contains(event)) {
        target.apply(event);
      }
    }
    if (!early.isEmpty()) {
      List<SchemaEvent.Creation> made = target.createAhead(early);
      early.stream().filter(event -> !made.contains(event)).forEach(applied::unlist);
    }
  }

  /**
   * Creates objects without rows again, because they may have been removed from the target by hand.
   */
  private void restate() throws InterruptedException {
    Catalog has = applied.catalog();
    for (DatabaseEntry database : has.databases().values()) {
      DatabaseEntry now = known.databases().get(database.id());
      if (now != null && !now.dropped()) {
        target.apply(new SchemaEvent.CreateDatabase(database.createdAt(), database));
      }
    }
    for (AliasEntry alias : has.aliases().values()) {
      AliasEntry now = known.aliases().get(alias.name());
      CollectionEntry collection = has.collections().get(alias.collectionId());
      if (alias.equals(now) && collection != null) {
        DatabaseEntry database = applied.databaseOf(collection, known);
        target.apply(new SchemaEvent.SetAlias(alias.since(), database, collection, alias));
      }
    }
  }

  private void bind(List<CollectionEntry> collections) throws InterruptedException {
    Set<Long> there =
        target.bindAll(
            collections.stream()
                .map(one -> new Placed(applied.databaseOf(one, known), one))
                .toList());
    for (CollectionEntry collection : collections) {
      if (!there.contains(collection.id()) && !renamed(collection)) {
        lost(collection);
      }
    }
  }

  /** Handles a collection that the target has lost. Throws unless the source has dropped it too. */
  private void lost(CollectionEntry collection) {
    applied.forget(collection);
    CollectionEntry now = known.collections().get(collection.id());
    if (now != null && !now.dropped()) {
      throw new TargetException(
          "Collection %s (source id %d) was replicated and is no longer on the target."
              .formatted(collection.name(), collection.id()),
          "If the task's mapping of names was changed, undo the change. Otherwise restore"
              + " the collection, or resync it, or delete the task and create it again.");
    }
  }

  /**
   * Completes a rename that was listed and may not have been applied. Returns false if the target
   * does not have the collection under its former name either.
   */
  private boolean renamed(CollectionEntry collection) throws InterruptedException {
    List<Naming> names = collection.names();
    if (names.size() < 2) {
      return false;
    }
    Naming last = collection.naming();
    CollectionEntry before = collection.named(names.subList(0, names.size() - 1));
    DatabaseEntry from = applied.database(before.databaseId(), known);
    boolean there = target.bind(from, before);
    if (there) {
      DatabaseEntry to = applied.databaseOf(collection, known);
      target.apply(new SchemaEvent.RenameCollection(last.since(), from, to, before, last));
    }
    return there;
  }
}
