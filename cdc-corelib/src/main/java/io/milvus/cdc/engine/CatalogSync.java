package io.milvus.cdc.engine;

import io.milvus.cdc.catalog.AliasEntry;
import io.milvus.cdc.catalog.Catalog;
import io.milvus.cdc.catalog.CollectionEntry;
import io.milvus.cdc.catalog.DatabaseEntry;
import io.milvus.cdc.catalog.Naming;
import io.milvus.cdc.error.TargetException;
import io.milvus.cdc.event.RowsHeader;
import io.milvus.cdc.event.SchemaEvent;
import io.milvus.cdc.order.AppliedCatalog;
import io.milvus.cdc.order.Demand;
import io.milvus.cdc.order.SchemaPlan;
import io.milvus.cdc.order.Scope;
import io.milvus.cdc.order.TickMerger;
import io.milvus.cdc.source.SourceSession;
import io.milvus.cdc.target.Placed;
import io.milvus.cdc.target.TargetSession;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What the source's catalog holds, what of it the target has, and the changes that are left to
 * apply. For one thread, but for {@link #missed}.
 */
final class CatalogSync {
  private final SourceSession source;
  private final TargetSession target;
  private final TickMerger merger;
  private final Consumer<String> reading;
  private final AppliedCatalog applied;
  private final Scope scope;
  private final TaskReport report;
  private final ServingSync serving;
  private final AccessSync access;
  private final boolean fromTheBeginning;
  private Catalog known = Catalog.EMPTY;
  private List<SchemaEvent> plan = List.of();
  private volatile List<String> missed = List.of();
  private long discardedBefore;

  /**
   * Begins with what a checkpoint lists.
   *
   * @param reading is told every channel that must be read, again and again
   * @param fromTheBeginning the target has none of the rows but those that this task brought
   */
  CatalogSync(
      SourceSession source,
      TargetSession target,
      TickMerger merger,
      Consumer<String> reading,
      AppliedCatalog applied,
      Scope scope,
      TaskReport report,
      ServingSync serving,
      AccessSync access,
      boolean fromTheBeginning) {
    this.source = source;
    this.target = target;
    this.merger = merger;
    this.reading = reading;
    this.applied = applied;
    this.scope = scope;
    this.report = report;
    this.serving = serving;
    this.access = access;
    this.fromTheBeginning = fromTheBeginning;
  }

  /**
   * Binds what is listed to its counterparts on the target.
   *
   * @param intended what is listed and may not be there, or 0
   * @return whether it was made
   */
  boolean begin(long intended, long watermark) throws InterruptedException {
    source.onCatalogChange(merger::wake);
    known = source.sync();
    SchemaEvent begun = applied.creationOf(intended, known).orElse(null);
    boolean inCollection = begun instanceof SchemaEvent.CreatePartition;
    if (begun != null && !inCollection) {
      target.apply(begun);
    }
    bind(
        applied.catalog().collections().values().stream()
            .filter(collection -> collection.id() != intended)
            .toList());
    if (begun != null && inCollection && applied.creationOf(intended, known).isPresent()) {
      target.apply(begun);
    }
    restate();
    replan(watermark);
    return begun != null;
  }

  /** Makes again what somebody may have removed from the target by hand, and holds no rows. */
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

  /** The target has it no more; nor may the source. */
  private void lost(CollectionEntry collection) {
    applied.forget(collection);
    CollectionEntry now = known.collections().get(collection.id());
    if (now != null && !now.dropped()) {
      throw new TargetException(
          ("Collection %s (source id %d) was replicated and is not on the target any more. Undo a"
                  + " change of the task's mapping of names, if there was one; else delete the"
                  + " task and start anew, or bring the collection back.")
              .formatted(collection.name(), collection.id()));
    }
  }

  /**
   * Ends a rename that was listed and may not have been done. False where the collection is not
   * under its name before either.
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

  /** Asks the source for its catalog, and plans anew where that has changed. */
  void refresh(long watermark) throws InterruptedException {
    Catalog newest = source.sync();
    if (!newest.equals(known)) {
      known = newest;
      replan(watermark);
    }
  }

  void replan(long watermark) {
    Catalog has = applied.catalog();
    plan = SchemaPlan.between(has, known, scope);
    serving.plan(has, known);
    access.plan(known.access());
    List<Demand> demands = Demand.of(has, known, plan, watermark);
    demands.stream().map(Demand::channel).forEach(reading);
    merger.follow(unwanted(has, known), demands);
    tellMissed(has);
    long discarded = merger.discarded();
    report.discarded(discarded - discardedBefore);
    discardedBefore = discarded;
  }

  private void tellMissed(Catalog has) {
    Stream<String> collections =
        known.collections().values().stream()
            .filter(entry -> !has.collections().containsKey(entry.id()))
            .filter(entry -> scope.misses(known, entry))
            .map(
                entry ->
                    ("Collection %s was renamed into the task's selection after the task had begun"
                            + " and is not replicated, because its rows were passed over. Replicate it"
                            + " by a task of its own, or delete this one and start anew.")
                        .formatted(placeOf(entry)));
    Stream<String> databases =
        known.databases().values().stream()
            .filter(entry -> !entry.properties().isEmpty())
            .filter(entry -> has.databases().containsKey(entry.id()))
            .map(
                entry ->
                    ("Database %s has the properties %s on the source, which are not replicated. Set"
                            + " those on the target that are wanted there.")
                        .formatted(entry.name(), new TreeMap<>(entry.properties())));
    List<String> now = Stream.concat(collections, databases).sorted().toList();
    now.stream().filter(why -> !missed.contains(why)).forEach(report::fallsShort);
    missed = now;
  }

  /** What is not replicated, and why, in words for people. From any thread. */
  List<String> missed() {
    return missed;
  }

  /** Rows of collections that the catalog knows, and that are not replicated. */
  private Predicate<RowsHeader> unwanted(Catalog has, Catalog newest) {
    return rows -> {
      CollectionEntry entry = newest.collections().get(rows.collectionId());
      return entry != null
          && !has.collections().containsKey(entry.id())
          && !scope.wants(newest, entry);
    };
  }

  /** Whether the target has all that the source's catalog holds. */
  boolean settled() {
    return plan.isEmpty();
  }

  /** The collection that the target has of this one, or null. */
  @Nullable CollectionEntry replicated(long collectionId) {
    return applied.collection(collectionId);
  }

  /** What a person calls a collection of the source. */
  String placeOf(CollectionEntry collection) {
    return applied.databaseOf(collection, known).name() + "." + collection.name();
  }

  /** Whether there is a place on the target for these rows. */
  boolean has(RowsHeader rows) {
    return applied.holds(rows);
  }

  /** The collection of rows that {@link #has} a place for. */
  CollectionEntry collectionOf(RowsHeader rows) {
    return Objects.requireNonNull(
        applied.collection(rows.collectionId()), () -> "collection " + rows.collectionId());
  }

  DatabaseEntry databaseOf(CollectionEntry collection) {
    return applied.databaseOf(collection, known);
  }

  /** The change that is due first, or null. */
  @Nullable SchemaEvent next(long watermark) {
    SchemaEvent first = null;
    for (SchemaEvent event : plan) {
      SchemaEvent moved = early(event, watermark);
      first = first == null || moved.timestamp() < first.timestamp() ? moved : first;
    }
    return first;
  }

  /**
   * A partition's creation, moved to its first row: an insert takes its timestamp before it looks
   * the partition up (Milvus 2.3 internal/proxy/task_scheduler.go), so rows can be older than their
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

  /** Lists a change as applied, for the checkpoint. */
  void list(SchemaEvent event) throws InterruptedException {
    refuseToDouble(event);
    event.accept(applied);
  }

  /** What this task began to make itself is made again in {@link #begin} and does not get here. */
  private void refuseToDouble(SchemaEvent event) throws InterruptedException {
    if (fromTheBeginning
        && event instanceof SchemaEvent.CreateCollection create
        && target.bind(create.database(), create.collection())) {
      throw new TargetException(
          ("Collection %s.%s is already on the target, made by another task from the same source"
                  + " collection. Replicating it from the beginning would double its rows: drop it"
                  + " on the target, or start from the positions of that task, or from the"
                  + " latest message.")
              .formatted(create.database().name(), create.collection().name()));
    }
  }
}
