package io.milvus.cdc.internal.order;

import io.milvus.cdc.catalog.AliasEntry;
import io.milvus.cdc.catalog.Catalog;
import io.milvus.cdc.catalog.CollectionEntry;
import io.milvus.cdc.catalog.DatabaseEntry;
import io.milvus.cdc.catalog.Naming;
import io.milvus.cdc.catalog.PartitionEntry;
import io.milvus.cdc.event.SchemaEvent;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Predicate;

/**
 * Plans the changes that lead from the target's catalog to the source's, in the order of their
 * timestamps. An object that was created and dropped before it was replicated is left out, with its
 * rows.
 */
public final class SchemaPlan {
  /**
   * Orders changes with equal timestamps. A name is freed before it is used, and an alias is
   * dropped before its collection. A database is created before its contents.
   */
  private static final Comparator<SchemaEvent> ORDER =
      Comparator.comparingLong(SchemaEvent::timestamp)
          .thenComparing(event -> !event.isDrop())
          .thenComparing(event -> !(event instanceof SchemaEvent.DropAlias))
          .thenComparing(event -> !(event instanceof SchemaEvent.CreateDatabase));

  private final Catalog applied;
  private final Catalog source;
  private final Scope scope;
  private final List<SchemaEvent> events = new ArrayList<>();

  private SchemaPlan(Catalog applied, Catalog source, Scope scope) {
    this.applied = applied;
    this.source = source;
    this.scope = scope;
  }

  /** Returns the remaining changes, in order. */
  public static List<SchemaEvent> between(Catalog applied, Catalog source, Scope scope) {
    SchemaPlan plan = new SchemaPlan(applied, source, scope);
    plan.collections();
    plan.aliases();
    plan.databases();
    plan.events.sort(ORDER);
    return List.copyOf(plan.events);
  }

  private void collections() {
    for (CollectionEntry known : applied.collections().values()) {
      CollectionEntry now = source.collections().get(known.id());
      if (now == null || now.dropped()) {
        long at = now == null ? DatabaseEntry.LONG_AGO : now.droppedAt();
        CollectionEntry last = now == null ? known : renames(known, now);
        events.add(new SchemaEvent.DropCollection(at, databaseOf(last), last));
      } else {
        renames(known, now);
        partitions(known, now);
      }
    }
    for (CollectionEntry now : source.collections().values()) {
      if (!applied.collections().containsKey(now.id()) && scope.wants(source, now)) {
        CollectionEntry atBirth = atBirth(now);
        events.add(new SchemaEvent.CreateCollection(now.createdAt(), databaseOf(atBirth), atBirth));
        renames(atBirth, now);
        partitions(atBirth, now);
      }
    }
  }

  /** Adds the renames of a collection. Returns its entry after all of them. */
  private CollectionEntry renames(CollectionEntry known, CollectionEntry now) {
    CollectionEntry last = known;
    for (SchemaEvent event : Renames.between(known, now, this::database)) {
      events.add(event);
      last = last.renamed(((SchemaEvent.RenameCollection) event).naming());
    }
    return last;
  }

  /**
   * Returns the collection with its original name and partitions. Later partitions follow at their
   * own times.
   */
  private CollectionEntry atBirth(CollectionEntry collection) {
    Map<Long, PartitionEntry> first =
        select(
            collection.partitions(),
            partition -> !partition.dropped() && partition.createdAt() <= collection.createdAt());
    return collection.withPartitions(first).named(List.of(firstName(collection)));
  }

  /**
   * Returns the first name that is known and in the scope. Before that time, the name may have
   * belonged to another collection. So the target uses a unique name until then.
   */
  private Naming firstName(CollectionEntry collection) {
    Naming first = scope.firstInside(source, collection);
    return first.since() <= collection.createdAt()
        ? first
        : new Naming(collection.createdAt(), first.databaseId(), "cdc_" + collection.id());
  }

  private static Map<Long, PartitionEntry> select(
      Map<Long, PartitionEntry> partitions, Predicate<PartitionEntry> which) {
    Map<Long, PartitionEntry> selected = new TreeMap<>();
    partitions.forEach(
        (id, partition) -> {
          if (which.test(partition)) {
            selected.put(id, partition);
          }
        });
    return selected;
  }

  private void partitions(CollectionEntry known, CollectionEntry now) {
    DatabaseEntry database = databaseOf(now);
    for (PartitionEntry partition : known.partitions().values()) {
      PartitionEntry current = now.partitions().get(partition.id());
      if (current == null || current.dropped()) {
        long at = current == null ? DatabaseEntry.LONG_AGO : current.droppedAt();
        events.add(new SchemaEvent.DropPartition(at, database, known, partition));
      }
    }
    for (PartitionEntry partition : now.partitions().values()) {
      if (!partition.dropped() && !known.partitions().containsKey(partition.id())) {
        events.add(
            new SchemaEvent.CreatePartition(partition.createdAt(), database, known, partition));
      }
    }
  }

  /** Adds changes of aliases whose collections the target has, or is about to get. */
  private void aliases() {
    for (AliasEntry known : applied.aliases().values()) {
      AliasEntry now = source.aliases().get(known.name());
      CollectionEntry of = source.collections().get(known.collectionId());
      long at = now == null ? DatabaseEntry.LONG_AGO : now.droppedAt();
      if (of == null || of.dropped()) {
        // Milvus retains the alias of a dropped collection until its garbage collection.
        at = of == null ? DatabaseEntry.LONG_AGO : of.droppedAt();
      }
      if (at != 0) {
        events.add(new SchemaEvent.DropAlias(at, database(known.name().databaseId()), known));
      }
    }
    for (AliasEntry now : source.aliases().values()) {
      CollectionEntry of = source.collections().get(now.collectionId());
      AliasEntry known = applied.aliases().get(now.name());
      boolean there = known != null && known.collectionId() == now.collectionId();
      if (!now.dropped() && !there && of != null && replicated(of)) {
        events.add(
            new SchemaEvent.SetAlias(now.since(), database(now.name().databaseId()), of, now));
      }
    }
  }

  private boolean replicated(CollectionEntry collection) {
    return !collection.dropped()
        && (applied.collections().containsKey(collection.id()) || scope.wants(source, collection));
  }

  private DatabaseEntry databaseOf(CollectionEntry collection) {
    return database(collection.databaseId());
  }

  private DatabaseEntry database(long id) {
    DatabaseEntry now = source.databases().get(id);
    return now != null ? now : applied.databases().getOrDefault(id, DatabaseEntry.unknown(id));
  }

  private void databases() {
    Map<Long, Long> lastDeparture = new HashMap<>();
    Map<Long, Long> firstArrival = new HashMap<>();
    for (SchemaEvent event : events) {
      DatabaseEntry from = event.movesFrom();
      if (from != null) {
        lastDeparture.merge(from.id(), event.timestamp(), Math::max);
      }
      DatabaseEntry to = event.movesTo();
      if (to != null) {
        firstArrival.merge(to.id(), event.timestamp(), Math::min);
      }
    }
    for (DatabaseEntry known : applied.databases().values()) {
      DatabaseEntry now = source.databases().get(known.id());
      if (now == null || now.dropped()) {
        // Never before the collections in it, even if the source has forgotten their times.
        long at = now == null ? DatabaseEntry.LONG_AGO : now.droppedAt();
        long afterAll = lastDeparture.getOrDefault(known.id(), 0L) + 1;
        events.add(new SchemaEvent.DropDatabase(Math.max(at, afterAll), known));
      }
    }
    for (DatabaseEntry now : source.databases().values()) {
      // A database is also created if it is out of the scope and a collection was moved there. It
      // is also created if it is gone by now and a collection passed through it.
      boolean needed = firstArrival.containsKey(now.id());
      if (now.id() != DatabaseEntry.DEFAULT_ID
          && !applied.databases().containsKey(now.id())
          && (needed || (!now.dropped() && scope.wants(now)))) {
        // A collection that was moved into a younger database is older than that database.
        long first = firstArrival.getOrDefault(now.id(), Long.MAX_VALUE);
        events.add(new SchemaEvent.CreateDatabase(Math.min(now.createdAt(), first), now));
      }
    }
  }
}
