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
import io.milvus.cdc.preflight.Finding;
import io.milvus.cdc.sources.SourceSession;
import io.milvus.cdc.targets.Round;
import io.milvus.cdc.targets.TargetSession;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.BooleanSupplier;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Decides which rows or which change of the catalog come next, for one connected stretch of a
 * task's life. After any fault the next stretch resumes from the checkpoint. So a fault inside the
 * process and a crash are handled alike.
 *
 * <p>A turn notes the ticks and drops, and synchronizes the catalog. Then it applies rows up to the
 * ticks or to the next change, whichever comes first. Then it applies that change. The catalog is
 * read after the ticks, because Milvus emits a tick only when etcd has the changes up to it.
 */
final class Replication implements Stretch {
  private static final Duration TURN = Duration.ofMillis(200);
  private static final long ROUND_BYTES = 8 << 20;

  private final SourceSession source;
  private final TargetSession target;
  private final TickMerger merger;
  private final ChannelThreads readers;
  private final CatalogSync catalog;
  private final RowDelivery rows;
  private final ChangeDelivery changes;
  private final Followers followers;
  private final Watermark watermark;
  private final Goal goal;
  private final TaskReport report;
  private final InstantSource time;
  private final Pace pace = new Pace();

  Replication(
      SourceSession source,
      TargetSession target,
      TickMerger merger,
      ChannelThreads readers,
      Stages stages,
      Followers followers,
      Goal goal,
      TaskReport report,
      InstantSource time) {
    this.source = source;
    this.target = target;
    this.merger = merger;
    this.readers = readers;
    this.catalog = stages.catalog();
    this.rows = stages.rows();
    this.changes = stages.changes();
    this.followers = followers;
    this.watermark = stages.watermark();
    this.goal = goal;
    this.report = report;
    this.time = time;
  }

  /**
   * Binds the checkpoint's collections to the target's collections.
   *
   * @param intended the ids of objects that the checkpoint lists and that may not exist there
   */
  void begin(Set<Long> intended) throws InterruptedException {
    watermark.beginSession(intended);
    if (catalog.begin(intended, watermark.value())) {
      watermark.store();
    }
    watermark.reached();
  }

  /** Replicates until {@code stop} returns true, or the goal is reached. */
  @Override
  public void run(BooleanSupplier stop) throws InterruptedException {
    try {
      while (!stop.getAsBoolean() && !isOver()) {
        boolean quiet = catalog.settled() && !watermark.doubtful().isOpen();
        Duration rest = quiet ? pace.rest() : Duration.ZERO;
        merger.await(rest.compareTo(TURN) > 0 ? rest : TURN, rest);
        turn(stop);
      }
    } catch (RetriableException e) {
      watermark.settleAfter(e);
      throw e;
    }
    watermark.settle();
  }

  private boolean isOver() {
    return goal.isReached(watermark.value()) && !watermark.inDoubt();
  }

  /** Returns the rows above the watermark that may be on the target. */
  @Override
  public DoubtfulWindow doubtful() {
    return watermark.doubtful();
  }

  private void turn(BooleanSupplier stop) throws InterruptedException {
    readers.relieve();
    watermark.doubtful().look(merger, watermark.value());
    long now = Timestamps.of(time.instant());
    TickSnapshot seen = merger.snapshot();
    long asked = System.nanoTime();
    catalog.refresh(watermark.value());
    pace.asked(Duration.ofNanos(System.nanoTime() - asked));
    changes.createEarly(stop);
    while (!stop.getAsBoolean() && step(seen)) {}
    watermark.storeOwed();
    follow(stop);
    complete(catalog.settled() && merger.idle() ? now : watermark.value());
    watermark.storeNowAndThen();
  }

  private void follow(BooleanSupplier stop) throws InterruptedException {
    if (followers.mustStoreFirst()) {
      watermark.store();
    }
    followers.stepFor(() -> stop.getAsBoolean() || catalog.isStale());
    if (followers.isDue()) {
      merger.wake();
    }
    followers.turn(new Turn(watermark.value(), source.flushes(), source.imports(), catalog));
  }

  /**
   * Reports completion only if no follower is due, because followers are part of the source's
   * state. Before a copy, rows may be missing.
   */
  private void complete(long upTo) {
    if (!followers.isDue() && !goal.exists()) {
      report.complete(upTo);
    }
  }

  /** Applies the next rows, or the next change. Returns false if neither is possible yet. */
  private boolean step(TickSnapshot seen) throws InterruptedException {
    long done = watermark.value();
    SchemaEvent next = next(done);
    if (next != null && done >= next.timestamp() - 1) {
      changes.apply(next);
      return true;
    }
    long bound = merger.frontier(seen);
    // If no channel carries messages for this task, none may ever tick up to the change.
    if (next != null && (merger.idle() || bound >= next.timestamp() - 1)) {
      // Nothing after a change was sent before it, so a doubtful window ends there.
      bound = next.timestamp() - 1;
    } else if (watermark.doubtful().isAbove(bound)) {
      return false;
    }
    bound = Math.min(bound, goal.cut());
    if (bound <= done) {
      return false;
    }
    applyRows(bound, next != null && bound == next.timestamp() - 1);
    return true;
  }

  private @Nullable SchemaEvent next(long done) {
    SchemaEvent next = catalog.next(done);
    return next != null && next.timestamp() > goal.cut() ? null : next;
  }

  private void applyRows(long bound, boolean changeFollows) throws InterruptedException {
    watermark.begin();
    Round.Kind kind = watermark.inDoubt() ? Round.Kind.REPLAY : Round.Kind.FIRST;
    Map<String, Position> before = merger.positions();
    Taken taken = merger.take(bound, kind == Round.Kind.REPLAY ? Long.MAX_VALUE : ROUND_BYTES);
    List<DataEvent> wanted =
        taken.events().stream().filter(event -> catalog.has(event.header())).toList();
    report.discarded(rowsOf(taken.events()) - rowsOf(wanted));
    RowDelivery.Delivered delivered =
        rows.deliver(new Round(wanted, taken.upTo(), kind), before, changeFollows);
    // After the ticks: until then readers wait for this room instead of writing to disk.
    merger.release(taken);
    rows.report(delivered);
    // After the report: a caller that waits for this finds the rows counted.
    complete(watermark.value());
    watermark.end();
  }

  private static long rowsOf(List<DataEvent> events) {
    return events.stream().map(DataEvent::header).mapToLong(RowsHeader::rows).sum();
  }

  /**
   * Returns the state that the target could not reproduce, in sentences for people. From any
   * thread.
   */
  @Override
  public List<String> limitations() {
    List<String> blindSpots = source.blindSpots().stream().map(Finding::message).toList();
    return Stream.of(target.hindrances(), blindSpots, followers.limitations())
        .flatMap(List::stream)
        .toList();
  }

  @Override
  public List<TickMerger.ChannelView> channels() {
    return merger.view();
  }

  @Override
  public void close() {
    Closing.all(List.of(readers, merger, target, source));
  }
}
