package io.milvus.cdc.internal.engine;

import io.milvus.cdc.NameMapping;
import io.milvus.cdc.catalog.Catalog;
import io.milvus.cdc.catalog.CollectionEntry;
import io.milvus.cdc.catalog.DatabaseEntry;
import io.milvus.cdc.error.TargetException;
import io.milvus.cdc.event.Placed;
import io.milvus.cdc.event.RowsHeader;
import io.milvus.cdc.event.SchemaEvent;
import io.milvus.cdc.internal.order.AppliedCatalog;
import io.milvus.cdc.internal.order.Demand;
import io.milvus.cdc.internal.order.EarlyCreations;
import io.milvus.cdc.internal.order.SchemaPlan;
import io.milvus.cdc.internal.order.Scope;
import io.milvus.cdc.internal.order.TickMerger;
import io.milvus.cdc.targets.TargetSession;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Compares the source's catalog with the applied catalog, and holds the changes that are left to
 * apply. For one thread.
 */
final class CatalogSync {
  /** The most creations at once, so that a crash leaves few in doubt and a stop is seen soon. */
  private static final int MOST_AT_ONCE = 128;

  private final CatalogFeed source;
  private final TargetSession target;
  private final TickMerger merger;
  private final Consumer<String> reading;
  private final AppliedCatalog applied;
  private final Scope scope;
  private final TaskReport report;
  private final Follower followers;
  private final boolean fromTheBeginning;
  private final NameMapping names;

  /** The ids of collections that another task has created on the target. */
  private final Set<Long> doubled = new HashSet<>();

  /**
   * The ids of objects that were tried before their turn and not created, regardless of the
   * target's answer.
   */
  private final Set<Long> tried = new HashSet<>();

  private Catalog known = Catalog.EMPTY;
  private List<SchemaEvent> plan = List.of();

  /** Whether the plan may contain creations that need not wait for their turn. */
  private boolean mayBeEarly;

  private volatile boolean stale;
  private long discardedBefore;

  /**
   * Creates a sync that begins with the catalog of a checkpoint.
   *
   * @param reading accepts every channel that must be read, repeatedly
   * @param followers receive each plan
   * @param fromTheBeginning whether the target has no rows except those that this task has sent
   * @param names the names on the target
   */
  CatalogSync(
      CatalogFeed source,
      TargetSession target,
      TickMerger merger,
      Consumer<String> reading,
      AppliedCatalog applied,
      Scope scope,
      TaskReport report,
      Follower followers,
      boolean fromTheBeginning,
      NameMapping names) {
    this.source = source;
    this.target = target;
    this.merger = merger;
    this.reading = reading;
    this.applied = applied;
    this.scope = scope;
    this.report = report;
    this.followers = followers;
    this.fromTheBeginning = fromTheBeginning;
    this.names = names;
  }

  /**
   * Binds the objects that a checkpoint lists to their counterparts on the target.
   *
   * @param intended the ids of listed objects that may not exist there
   * @return whether there were such objects
   */
  boolean begin(Set<Long> intended, long watermark) throws InterruptedException {
    source.onCatalogChange(
        () -> {
          stale = true;
          merger.wake();
        });
    known = source.sync();
    boolean mended = new Resumption(target, applied, known).begin(intended, watermark);
    replan(watermark);
    return mended;
  }

  /** Asks the source for its catalog, and plans again if it has changed. */
  void refresh(long watermark) throws InterruptedException {
    stale = false;
    Catalog newest = source.sync();
    if (!newest.equals(known)) {
      known = newest;
      replan(watermark);
    }
  }

  void replan(long watermark) {
    Catalog has = applied.catalog();
    plan = SchemaPlan.between(has, known, scope);
    mayBeEarly = !plan.isEmpty() && target.createsAhead();
    followers.plan(has, known);
    List<Demand> demands = Demand.of(has, known, plan, watermark);
    demands.stream().map(Demand::channel).forEach(reading);
    merger.follow(unwanted(has, known), demands);
    long discarded = merger.discarded();
    report.discarded(discarded - discardedBefore);
    discardedBefore = discarded;
  }

  /** Returns a filter for rows of collections that are in the catalog and are not replicated. */
  private Predicate<RowsHeader> unwanted(Catalog has, Catalog newest) {
    return rows -> {
      CollectionEntry entry = newest.collections().get(rows.collectionId());
      return entry != null
          && !has.collections().containsKey(entry.id())
          && !scope.wants(newest, entry);
    };
  }

  /** Returns whether the source has reported a change since its catalog was last read. */
  boolean isStale() {
    return stale;
  }

  /** Returns whether the target has everything that the source's catalog holds. */
  boolean settled() {
    return plan.isEmpty();
  }

  /** Returns the applied entry of a collection, or null if the target does not have it. */
  @Nullable CollectionEntry replicated(long collectionId) {
    return applied.collection(collectionId);
  }

  /** Returns the name of a source collection for people: {@code database.collection}. */
  String placeOf(CollectionEntry collection) {
    return applied.databaseOf(collection, known).name() + "." + collection.name();
  }

  /** Returns whether the target has a place for these rows. */
  boolean has(RowsHeader rows) {
    return applied.holds(rows);
  }

  /** Returns the collection of rows for which {@link #has} is true. */
  CollectionEntry collectionOf(RowsHeader rows) {
    return Objects.requireNonNull(
        applied.collection(rows.collectionId()), () -> "collection " + rows.collectionId());
  }

  DatabaseEntry databaseOf(CollectionEntry collection) {
    return applied.databaseOf(collection, known);
  }

  /** Returns the changes that are left, in the order of their timestamps. */
  List<SchemaEvent> plan() {
    return plan;
  }

  /** Returns the change that is due first, or null. */
  @Nullable SchemaEvent next(long watermark) {
    SchemaEvent first = null;
    for (SchemaEvent event : plan) {
      SchemaEvent moved = early(event, watermark);
      first = first == null || moved.timestamp() < first.timestamp() ? moved : first;
    }
    return first;
  }

  /**
   * Moves a partition's creation to its first row. An insert gets its timestamp before it looks up
   * the partition (Milvus 2.3 internal/proxy/task_scheduler.go). So rows can be older than their
   * partition.
   */
  private SchemaEvent early(SchemaEvent event, long watermark) {
    if (event instanceof SchemaEvent.CreatePartition create) {
      long first = merger.earliest(create.partition().id());
      if (first < create.timestamp()) {
        return new SchemaEvent.CreatePartition(
            Math.max(first - 1, watermark),
            create.database(),
            create.collection(),
            create.partition());
      }
    }
    return event;
  }

  /**
   * Returns creations that the target can apply now, regardless of their turn. Creations of
   * collections that another task has created are left out. They are rejected when their turn
   * comes.
   */
  List<SchemaEvent.Creation> early() throws InterruptedException {
    if (!mayBeEarly) {
      return List.of();
    }
    List<SchemaEvent.Creation> found =
        EarlyCreations.of(
            applied.catalog(),
            plan,
            id -> applied.database(id, known),
            names,
            id -> doubled.contains(id) || tried.contains(id),
            MOST_AT_ONCE);
    mayBeEarly = !found.isEmpty();
    if (fromTheBeginning && mayBeEarly) {
      doubled.addAll(target.bindAll(placesOf(found)));
    }
    return found.stream().filter(one -> !doubled.contains(one.creates())).toList();
  }

  private static List<Placed> placesOf(List<SchemaEvent.Creation> creations) {
    return creations.stream()
        .filter(SchemaEvent.CreateCollection.class::isInstance)
        .map(SchemaEvent.CreateCollection.class::cast)
        .map(event -> new Placed(event.database(), event.collection()))
        .toList();
  }

  /** Lists creations as applied, for the checkpoint, before they are applied. */
  void listEarly(List<SchemaEvent.Creation> creations) {
    creations.forEach(event -> event.accept(applied));
  }

  /** Notes that these were not created. They wait for their turn. */
  void hold(List<SchemaEvent.Creation> creations) {
    for (SchemaEvent.Creation creation : creations) {
      applied.unlist(creation);
      tried.add(creation.creates());
    }
  }

  /** Lists a change as applied, for the checkpoint. */
  void list(SchemaEvent event) throws InterruptedException {
    refuseToDouble(event);
    event.accept(applied);
  }

  /**
   * Rejects a collection that another task has created. Creations that this task began are repeated
   * in {@link #begin}. They do not reach this method unless the target applied them late.
   */
  private void refuseToDouble(SchemaEvent event) throws InterruptedException {
    if (fromTheBeginning
        && event instanceof SchemaEvent.CreateCollection create
        && !tried.contains(create.creates())
        && target.bind(create.database(), create.collection())) {
      throw new TargetException(
          ("Collection %s.%s is already on the target, created by another task from the"
                  + " same source collection.")
              .formatted(create.database().name(), create.collection().name()),
          "Drop it on the target, or start from the positions of that task, or from the"
              + " latest message. From the beginning its rows would double.");
    }
  }
}
