package io.milvus.cdc.engine;

import io.milvus.cdc.catalog.Catalog;
import io.milvus.cdc.catalog.CollectionEntry;
import io.milvus.cdc.catalog.Timestamps;
import io.milvus.cdc.error.TargetException;
import io.milvus.cdc.event.DataEvent;
import io.milvus.cdc.event.Position;
import io.milvus.cdc.event.RowsHeader;
import io.milvus.cdc.event.SchemaEvent;
import io.milvus.cdc.order.AppliedCatalog;
import io.milvus.cdc.order.Demand;
import io.milvus.cdc.order.SchemaPlan;
import io.milvus.cdc.order.Scope;
import io.milvus.cdc.order.TickMerger;
import io.milvus.cdc.order.TickSnapshot;
import io.milvus.cdc.source.SourceSession;
import io.milvus.cdc.target.Delivery;
import io.milvus.cdc.target.Round;
import io.milvus.cdc.target.TargetSession;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.function.BooleanSupplier;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * One connected stretch of a task's life, from a checkpoint until something ends it. Whatever
 * happens in it, the next one goes on from the checkpoint, so a fault inside the process and a
 * crash of it are the same thing.
 *
 * <p>A turn: note the ticks and drops, synchronize the catalog, then apply rows up to the ticks or
 * to the next change of the catalog, whichever comes first; then that change. The catalog is asked
 * after the ticks were read, because Milvus lets a tick out only when the changes up to it are in
 * etcd.
 */
final class Replication implements AutoCloseable {
  private static final Duration TURN = Duration.ofMillis(200);

  /** How far rows may be sent ahead of the stored watermark, in the source's time. */
  private static final long LOOKAHEAD_MILLIS = 1000;

  private static final long ROUND_BYTES = 8 << 20;

  private final SourceSession source;
  private final TargetSession target;
  private final TickMerger merger;
  private final ChannelThreads readers;
  private final AppliedCatalog applied;
  private final CheckpointKeeper keeper;
  private final Scope scope;
  private final TaskReport report;
  private final InstantSource time;
  private final boolean fromTheBeginning;
  private long watermark;

  /** Rows at or below this may be on the target already; 0 once they are dealt with. */
  private long replayUntil;

  private Catalog known = Catalog.EMPTY;
  private List<SchemaEvent> plan = List.of();
  private long discardedBefore;

  /**
   * Puts its parts together; nothing is done yet.
   *
   * @param fromTheBeginning the task's rows are not on the target unless it brings them
   */
  Replication(
      SourceSession source,
      TargetSession target,
      TickMerger merger,
      ChannelThreads readers,
      AppliedCatalog applied,
      CheckpointKeeper keeper,
      Scope scope,
      TaskReport report,
      InstantSource time,
      boolean fromTheBeginning) {
    this.source = source;
    this.target = target;
    this.merger = merger;
    this.readers = readers;
    this.applied = applied;
    this.keeper = keeper;
    this.scope = scope;
    this.report = report;
    this.time = time;
    this.fromTheBeginning = fromTheBeginning;
    this.watermark = keeper.watermark();
    this.replayUntil = keeper.reserved() > watermark ? keeper.reserved() : 0;
  }

  /**
   * Binds what the checkpoint knows to its counterparts on the target.
   *
   * @param intended what the checkpoint lists and may not be there, or 0
   */
  void begin(long intended) throws InterruptedException {
    source.onCatalogChange(merger::wake);
    known = source.sync();
    SchemaEvent begun = applied.creationOf(intended, known).orElse(null);
    boolean inCollection = begun instanceof SchemaEvent.CreatePartition;
    if (begun != null && !inCollection) {
      target.apply(begun);
    }
    for (CollectionEntry collection : applied.catalog().collections().values()) {
      if (collection.id() != intended) {
        bind(collection);
      }
    }
    if (begun != null && inCollection && applied.creationOf(intended, known).isPresent()) {
      target.apply(begun);
    }
    if (begun != null) {
      store(watermark);
    }
    replan();
    report.reached(watermark, target.guarantee(watermark));
  }

  private void bind(CollectionEntry collection) throws InterruptedException {
    if (target.bind(applied.databaseOf(collection, known), collection)) {
      return;
    }
    applied.forget(collection);
    CollectionEntry now = known.collections().get(collection.id());
    if (now != null && !now.dropped()) {
      throw new TargetException(
          ("Collection %s (source id %d) was replicated and is not on the target any more. Delete the"
                  + " task and start anew, or bring the collection back.")
              .formatted(collection.name(), collection.id()));
    }
  }

  /** Replicates until told to stop. */
  void run(BooleanSupplier stop) throws InterruptedException {
    while (!stop.getAsBoolean()) {
      merger.await(TURN);
      turn(stop);
    }
    settle();
  }

  private void turn(BooleanSupplier stop) throws InterruptedException {
    long now = Timestamps.of(time.instant());
    TickSnapshot seen = merger.snapshot();
    Catalog newest = source.sync();
    if (!newest.equals(known)) {
      known = newest;
      replan();
    }
    while (!stop.getAsBoolean() && step(seen)) {}
    report.complete(plan.isEmpty() && merger.idle() ? now : watermark);
    if (keeper.due(watermark)) {
      store(watermark);
    }
  }

  /** Applies the next rows, or the next change. False where neither can be done yet. */
  private boolean step(TickSnapshot seen) throws InterruptedException {
    SchemaEvent next = nextChange();
    if (next != null && watermark >= next.timestamp() - 1) {
      applyChange(next);
      return true;
    }
    long bound = merger.frontier(seen);
    if (next != null && bound >= next.timestamp() - 1) {
      // Nothing after a change was sent before it, so a doubtful window ends there.
      bound = next.timestamp() - 1;
    } else if (bound < replayUntil) {
      // The window is replayed as a whole, so that its keys are deleted once.
      return false;
    }
    if (bound <= watermark) {
      return false;
    }
    applyRows(bound);
    return true;
  }

  private @Nullable SchemaEvent nextChange() {
    SchemaEvent first = null;
    for (SchemaEvent event : plan) {
      SchemaEvent moved = early(event);
      first = first == null || moved.timestamp() < first.timestamp() ? moved : first;
    }
    return first;
  }

  private void replan() {
    Catalog has = applied.catalog();
    plan = SchemaPlan.between(has, known, scope);
    merger.follow(unwanted(has, known), Demand.of(has, known, plan, watermark));
    long discarded = merger.discarded();
    report.discarded(discarded - discardedBefore);
    discardedBefore = discarded;
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

  /**
   * A partition's creation, moved to its first row: an insert takes its timestamp before it looks
   * the partition up (Milvus 2.3 internal/proxy/task_scheduler.go), so rows can be older than their
   * partition.
   */
  private SchemaEvent early(SchemaEvent event) {
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

  private void applyRows(long bound) throws InterruptedException {
    boolean replay = replayUntil > watermark;
    Map<String, Position> before = merger.positions();
    TickMerger.Taken taken = merger.take(bound, replay ? Long.MAX_VALUE : ROUND_BYTES);
    List<DataEvent> wanted =
        taken.events().stream().filter(event -> applied.holds(event.header())).toList();
    report.discarded(rowsOf(taken.events()) - rowsOf(wanted));
    if (!wanted.isEmpty()) {
      send(wanted, taken.upTo(), replay, before);
    }
    merger.release(taken);
    replayUntil = 0;
    advance(taken.upTo());
    report.applied(wanted, watermark);
  }

  private static long rowsOf(List<DataEvent> events) {
    return events.stream().map(DataEvent::header).mapToLong(RowsHeader::rows).sum();
  }

  private void send(List<DataEvent> events, long upTo, boolean replay, Map<String, Position> before)
      throws InterruptedException {
    try (Delivery delivery = target.prepare(new Round(events, upTo, replay))) {
      if (upTo > keeper.reserved() || delivery.highest() > keeper.ceiling()) {
        long reserve = upTo > keeper.reserved() ? ahead(upTo) : keeper.reserved();
        keeper.save(watermark, reserve, Math.max(reserve, ahead(delivery.highest())), before, 0);
        report.checkpointed(watermark, keeper.positions());
      }
      keeper.openWindow();
      delivery.send();
    }
  }

  /**
   * A little more than is needed, so that not every round costs a store; never far in the future.
   */
  private long ahead(long needed) {
    long soon = Timestamps.plusMillis(Timestamps.of(time.instant()), LOOKAHEAD_MILLIS / 2);
    return Math.max(needed, Math.min(Timestamps.plusMillis(needed, LOOKAHEAD_MILLIS), soon));
  }

  /** All rows up to here are on the target: says so, then lets its readers see them. */
  private void advance(long upTo) throws InterruptedException {
    watermark = upTo;
    if (keeper.windowOpen() && upTo > keeper.reserved()) {
      store(upTo);
    }
    // Before the ticks: whoever sees a row must find a read timestamp that covers it.
    report.reached(upTo, target.guarantee(upTo));
    target.advance(upTo);
    report.reached(upTo, target.guarantee(upTo));
    report.complete(upTo);
  }

  /**
   * Lists a creation before it is made: should a crash come between, and the source drop the thing
   * meanwhile, the next life still knows what to drop on the target.
   */
  private void applyChange(SchemaEvent event) throws InterruptedException {
    refuseToDouble(event);
    if (event.creates() != 0) {
      event.accept(applied);
    }
    // A drop's own message and tick come after everything that was sent.
    long highest = Math.max(event.timestamp(), target.guarantee(watermark) + 1);
    store(watermark, highest, event.creates());
    target.apply(event);
    if (event.creates() == 0) {
      event.accept(applied);
    }
    if (event.timestamp() > watermark) {
      watermark = event.timestamp();
      replayUntil = 0;
    }
    store(watermark);
    report.schemaApplied(event, watermark, target.guarantee(watermark));
    replan();
  }

  /** What this task began to make itself is made again in {@link #begin} and does not get here. */
  private void refuseToDouble(SchemaEvent event) throws InterruptedException {
    if (fromTheBeginning
        && event instanceof SchemaEvent.CreateCollection create
        && target.bind(create.database(), create.collection())) {
      throw new TargetException(
          ("Collection %s.%s is already on the target, made by another task from the same source"
                  + " collection. Replicating it from the beginning would double its rows: drop it"
                  + " on the target, or begin with StartFrom.positions of that task, or with"
                  + " StartFrom.latest.")
              .formatted(create.database().name(), create.collection().name()));
    }
  }

  private void store(long done) {
    // Replayed rows carry timestamps above their own: a new process must stay above those too.
    store(done, target.guarantee(done), 0);
  }

  private void store(long done, long highest, long intended) {
    long ahead = Math.max(done, replayUntil);
    keeper.save(done, ahead, Math.max(ahead, highest), merger.positions(), intended);
    readers.acknowledge(keeper.positions());
    report.checkpointed(done, keeper.positions());
  }

  /** Leaves the target at a consistent cut, and the checkpoint there. */
  private void settle() throws InterruptedException {
    if (replayUntil == 0) {
      target.advance(watermark);
      store(watermark);
    }
  }

  List<TickMerger.ChannelView> channels() {
    return merger.view();
  }

  @Override
  public void close() {
    Closing.all(List.of(readers, merger, target, source));
  }
}
