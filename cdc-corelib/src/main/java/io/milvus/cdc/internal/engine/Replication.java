package io.milvus.cdc.internal.engine;

import io.milvus.cdc.catalog.Timestamps;
import io.milvus.cdc.error.RetriableException;
import io.milvus.cdc.event.DataEvent;
import io.milvus.cdc.event.Position;
import io.milvus.cdc.event.RowsHeader;
import io.milvus.cdc.event.SchemaEvent;
import io.milvus.cdc.internal.order.Taken;
import io.milvus.cdc.internal.order.TickMerger;
import io.milvus.cdc.internal.order.TickSnapshot;
import io.milvus.cdc.sources.SourceSession;
import io.milvus.cdc.targets.Delivery;
import io.milvus.cdc.targets.Refused;
import io.milvus.cdc.targets.Round;
import io.milvus.cdc.targets.TargetSession;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.BooleanSupplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;

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
  private final CatalogSync catalog;
  private final TransformStage stage;
  private final ServingSync serving;
  private final AccessSync access;
  private final FlushSync flushes;
  private final MissedImports imports;
  private final CheckpointKeeper keeper;
  private final TaskReport report;
  private final InstantSource time;
  private final DoubtfulWindow doubtful;
  private long watermark;

  /** Whether something was taken that the target has not got yet, for all we know. */
  private boolean midway;

  private final Pace pace = new Pace();

  Replication(
      SourceSession source,
      TargetSession target,
      TickMerger merger,
      ChannelThreads readers,
      CatalogSync catalog,
      TransformStage stage,
      ServingSync serving,
      AccessSync access,
      FlushSync flushes,
      MissedImports imports,
      CheckpointKeeper keeper,
      TaskReport report,
      InstantSource time) {
    this.source = source;
    this.target = target;
    this.merger = merger;
    this.readers = readers;
    this.catalog = catalog;
    this.stage = stage;
    this.serving = serving;
    this.access = access;
    this.flushes = flushes;
    this.imports = imports;
    this.keeper = keeper;
    this.report = report;
    this.time = time;
    this.watermark = keeper.watermark();
    this.doubtful = new DoubtfulWindow(keeper.reserved(), watermark);
  }

  /**
   * Finds what the checkpoint knows on the target again.
   *
   * @param intended the ids of what the checkpoint lists and may not be there
   */
  void begin(Set<Long> intended) throws InterruptedException {
    if (catalog.begin(intended, watermark)) {
      store(watermark);
    }
    report.reached(watermark, target.guarantee(watermark));
  }

  /** Replicates until told to stop. */
  void run(BooleanSupplier stop) throws InterruptedException {
    try {
      while (!stop.getAsBoolean()) {
        Duration rest = catalog.settled() && !doubtful.isOpen() ? pace.rest() : Duration.ZERO;
        merger.await(rest.compareTo(TURN) > 0 ? rest : TURN, rest);
        turn(stop);
      }
    } catch (RetriableException e) {
      settleAfter(e);
      throw e;
    }
    settle();
  }

  /** A source that is away must not make doubtful what the target has already taken. */
  private void settleAfter(RetriableException fault) throws InterruptedException {
    if (!midway) {
      try {
        settle();
      } catch (RetriableException e) {
        fault.addSuppressed(e);
      }
    }
  }

  /** The rows above the watermark that may be on the target. */
  DoubtfulWindow doubtful() {
    return doubtful;
  }

  private void turn(BooleanSupplier stop) throws InterruptedException {
    readers.relieve();
    doubtful.look(merger, watermark);
    long now = Timestamps.of(time.instant());
    TickSnapshot seen = merger.snapshot();
    long asked = System.nanoTime();
    catalog.refresh(watermark);
    pace.asked(Duration.ofNanos(System.nanoTime() - asked));
    createEarly(stop);
    while (!stop.getAsBoolean() && step(seen)) {}
    if (keeper.owes()) {
      store(watermark);
    }
    serve(stop);
    flushes.step(source.flushes(), watermark, catalog::replicated);
    imports.note(source.imports(), catalog);
    complete(catalog.settled() && merger.idle() ? now : watermark);
    if (keeper.due(watermark)) {
      store(watermark);
    }
  }

  /**
   * Follows indexes, loads and access for a moment, so that rows and new changes never wait for
   * those of many collections or users.
   */
  private void serve(BooleanSupplier stop) throws InterruptedException {
    if (access.takeUnlisted()) {
      store(watermark);
    }
    long end = System.nanoTime() + TURN.toNanos();
    while (!stop.getAsBoolean()
        && System.nanoTime() < end
        && (serving.step() || access.step())
        && !catalog.isStale()) {}
    if (isServingDue()) {
      merger.wake();
    }
  }

  private boolean isServingDue() {
    return serving.isDue() || access.isDue();
  }

  /** Nothing is complete before what serves it is tried: it belongs to what the source had. */
  private void complete(long upTo) {
    if (!isServingDue()) {
      report.complete(upTo);
    }
  }

  /** Applies the next rows, or the next change. False where neither can be done yet. */
  private boolean step(TickSnapshot seen) throws InterruptedException {
    SchemaEvent next = catalog.next(watermark);
    if (next != null && watermark >= next.timestamp() - 1) {
      applyChange(next);
      return true;
    }
    long bound = merger.frontier(seen);
    // Where no channel carries anything for us, none may ever tick up to the change.
    if (next != null && (merger.idle() || bound >= next.timestamp() - 1)) {
      // Nothing after a change was sent before it, so a doubtful window ends there.
      bound = next.timestamp() - 1;
    } else if (doubtful.isAbove(bound)) {
      return false;
    }
    if (bound <= watermark) {
      return false;
    }
    applyRows(bound, next != null && bound == next.timestamp() - 1);
    return true;
  }

  private void applyRows(long bound, boolean changeFollows) throws InterruptedException {
    midway = true;
    boolean replay = doubtful.isAbove(watermark);
    Map<String, Position> before = merger.positions();
    Taken taken = merger.take(bound, replay ? Long.MAX_VALUE : ROUND_BYTES);
    List<DataEvent> wanted =
        taken.events().stream().filter(event -> catalog.has(event.header())).toList();
    report.discarded(rowsOf(taken.events()) - rowsOf(wanted));
    List<DataEvent> passed = stage.pass(wanted);
    long ready = System.nanoTime();
    if (!passed.isEmpty()) {
      List<Refused> refused = send(passed, taken.upTo(), replay, before);
      passed = stage.without(refused, passed, wanted);
    }
    doubtful.end();
    if (passed.isEmpty() && changeFollows) {
      // A thousand creations in a row need no ticks between them.
      watermark = taken.upTo();
    } else {
      advance(taken.upTo());
    }
    // After the ticks: until then readers wait for this room instead of writing to disk.
    merger.release(taken);
    // Whoever waits for that finds the rows counted.
    report.applied(passed, watermark, Duration.ofNanos(System.nanoTime() - ready));
    complete(watermark);
    midway = false;
  }

  /**
   * Creates all that have a free name on the target, before their turn: no row can be in them yet.
   * Each is listed before, as in {@link #applyChange}.
   */
  private void createEarly(BooleanSupplier stop) throws InterruptedException {
    while (!stop.getAsBoolean() && !doubtful.isAbove(watermark) && !stage.needsOrder()) {
      List<SchemaEvent> creations = catalog.early();
      if (creations.isEmpty()) {
        return;
      }
      midway = true;
      catalog.listEarly(creations);
      Set<Long> ids = creations.stream().map(SchemaEvent::creates).collect(Collectors.toSet());
      store(watermark, target.guarantee(watermark), ids);
      List<SchemaEvent> made = target.createAhead(creations);
      catalog.hold(creations.stream().filter(event -> !made.contains(event)).toList());
      keeper.owe();
      made.forEach(event -> report.schemaApplied(event, watermark, target.guarantee(watermark)));
      catalog.replan(watermark);
      midway = false;
    }
  }

  private static long rowsOf(List<DataEvent> events) {
    return events.stream().map(DataEvent::header).mapToLong(RowsHeader::rows).sum();
  }

  private List<Refused> send(
      List<DataEvent> events, long upTo, boolean replay, Map<String, Position> before)
      throws InterruptedException {
    try (Delivery delivery = target.prepare(new Round(events, upTo, replay))) {
      if (keeper.owes() || upTo > keeper.reserved() || delivery.highest() > keeper.ceiling()) {
        long reserve = upTo > keeper.reserved() ? ahead(upTo) : keeper.reserved();
        // Also above what was sent on channels that this delivery does not use.
        long highest = Math.max(ahead(delivery.highest()), target.guarantee(watermark));
        keeper.save(watermark, reserve, Math.max(reserve, highest), before, Set.of());
        report.checkpointed(watermark, keeper.positions());
      }
      keeper.openWindow();
      List<Refused> refused = delivery.send();
      report.restamped(delivery.restamped());
      return refused;
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
    if (keeper.owes() || (keeper.windowOpen() && upTo > keeper.reserved())) {
      store(upTo);
    }
    // Before the ticks: whoever sees a row must find a read timestamp that covers it.
    report.reached(upTo, target.guarantee(upTo));
    target.advance(upTo);
    report.reached(upTo, target.guarantee(upTo));
  }

  /**
   * Lists a creation before it is made: should a crash come between, and the source drop the thing
   * meanwhile, the next life still knows what to drop on the target. A rename likewise, so that the
   * next life knows both names under which to look. That it was made is stored with what comes
   * next.
   */
  private void applyChange(SchemaEvent event) throws InterruptedException {
    midway = true;
    stage.tell(event);
    if (event.listedFirst()) {
      catalog.list(event);
    }
    // A drop's own message and tick come after everything that was sent.
    long highest = Math.max(event.timestamp(), target.guarantee(watermark) + 1);
    store(watermark, highest, event.creates() == 0 ? Set.of() : Set.of(event.creates()));
    target.apply(event);
    if (!event.listedFirst()) {
      catalog.list(event);
    }
    if (event.timestamp() > watermark) {
      watermark = event.timestamp();
      doubtful.end();
    }
    keeper.owe();
    report.schemaApplied(event, watermark, target.guarantee(watermark));
    catalog.replan(watermark);
    midway = false;
  }

  private void store(long done) {
    // Replayed rows carry timestamps above their own: a new process must stay above those too.
    store(done, target.guarantee(done), Set.of());
  }

  private void store(long done, long highest, Set<Long> intended) {
    long ahead = doubtful.atLeast(done);
    keeper.save(done, ahead, Math.max(ahead, highest), merger.positions(), intended);
    readers.acknowledge(keeper.positions());
    report.checkpointed(done, keeper.positions());
  }

  /** Leaves the target at a consistent cut, and the checkpoint there. */
  private void settle() throws InterruptedException {
    if (!doubtful.isAbove(watermark)) {
      target.advance(watermark);
      store(watermark);
    }
  }

  /** What the target could not do as the source did, in words for people. */
  List<String> shortcomings() {
    return Stream.of(
            target.hindrances(),
            catalog.missed(),
            source.blindSpots(),
            serving.shortcomings(),
            flushes.shortcomings(),
            imports.shortcomings(),
            access.shortcomings())
        .flatMap(List::stream)
        .toList();
  }

  List<TickMerger.ChannelView> channels() {
    return merger.view();
  }

  @Override
  public void close() {
    Closing.all(List.of(readers, merger, target, source));
  }
}
