package io.milvus.cdc.internal.engine;

import io.milvus.cdc.ExistingStatus.Phase;
import io.milvus.cdc.StartFrom;
import io.milvus.cdc.catalog.Catalog;
import io.milvus.cdc.catalog.CollectionEntry;
import io.milvus.cdc.error.RetriableException;
import io.milvus.cdc.event.DataEvent;
import io.milvus.cdc.event.Insert;
import io.milvus.cdc.event.Payload;
import io.milvus.cdc.event.SchemaEvent;
import io.milvus.cdc.internal.order.AppliedCatalog;
import io.milvus.cdc.internal.order.Scope;
import io.milvus.cdc.internal.order.TickMerger;
import io.milvus.cdc.preflight.Finding;
import io.milvus.cdc.sources.ExistingRows;
import io.milvus.cdc.sources.ExistingRows.Amount;
import io.milvus.cdc.sources.ExistingRows.Batch;
import io.milvus.cdc.sources.ExistingRows.Reading;
import io.milvus.cdc.sources.ExistingRows.Span;
import io.milvus.cdc.sources.SourceSession;
import io.milvus.cdc.targets.Round;
import io.milvus.cdc.targets.TargetSession;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Copies the rows that the source has stored up to a cut, for one connected stretch of a task's
 * life. It waits until the source has stored them, creates the catalog of the cut, and sends the
 * rows in the order of their time. So the watermark says which rows are left, as in a {@link
 * Replication}.
 */
final class ExistingCopy implements Stretch {
  private static final long LONGEST_POLL = TimeUnit.SECONDS.toNanos(1);
  private static final long FIRST_POLL = TimeUnit.MILLISECONDS.toNanos(20);

  /** A flush leaves many small segments, which the source must index, load and compact. */
  private static final long FLUSH_AGAIN = TimeUnit.SECONDS.toNanos(60);

  /** An earlier stretch may have asked for a flush just before it ended. */
  private static final long FLUSH_RESUMED = TimeUnit.SECONDS.toNanos(15);

  private static final long NAP_MILLIS = 50;

  private final long cut;
  private final SourceSession source;
  private final ExistingRows existing;
  private final TargetSession target;
  private final CatalogSync catalog;
  private final AppliedCatalog applied;
  private final Scope scope;
  private final RowDelivery rows;
  private final ChangeDelivery changes;
  private final Watermark watermark;
  private final TaskReport report;
  private final Throttle throttle;
  private final long partBytes;
  private final boolean flushing;
  private final List<AutoCloseable> parts;
  private long flushedAt;

  ExistingCopy(
      long cut,
      SourceSession source,
      ExistingRows existing,
      TargetSession target,
      CatalogSync catalog,
      AppliedCatalog applied,
      Scope scope,
      RowDelivery rows,
      ChangeDelivery changes,
      Watermark watermark,
      TaskReport report,
      StartFrom.@Nullable Existing settings,
      long partBytes,
      boolean resumed,
      List<AutoCloseable> parts) {
    this.cut = cut;
    this.source = source;
    this.existing = existing;
    this.target = target;
    this.catalog = catalog;
    this.applied = applied;
    this.scope = scope;
    this.rows = rows;
    this.changes = changes;
    this.watermark = watermark;
    this.report = report;
    this.partBytes = partBytes;
    this.throttle = new Throttle(settings == null ? 0 : settings.bytesPerSecond());
    this.flushing = settings != null && settings.flushing();
    this.flushedAt = System.nanoTime() - FLUSH_AGAIN + (resumed ? FLUSH_RESUMED : 0);
    this.parts = parts;
  }

  @Override
  public void run(BooleanSupplier stop) throws InterruptedException {
    try {
      step(stop);
    } catch (RetriableException e) {
      watermark.settleAfter(e);
      throw e;
    }
    watermark.settle();
  }

  private void step(BooleanSupplier stop) throws InterruptedException {
    report.copying(Phase.WAITING, cut);
    awaitStored(stop);
    if (!stop.getAsBoolean()) {
      report.copying(Phase.CREATING, cut);
      create(stop);
    }
    if (!stop.getAsBoolean()) {
      report.copying(Phase.COPYING, cut);
      copy(stop);
    }
    if (watermark.value() >= cut) {
      report.copying(Phase.DONE, cut);
    }
  }

  /** Waits until the source has stored all rows at or below the cut. */
  private void awaitStored(BooleanSupplier stop) throws InterruptedException {
    long poll = FIRST_POLL;
    while (!stop.getAsBoolean() && !isStored()) {
      rest(poll, stop);
      poll = Math.min(2 * poll, LONGEST_POLL);
    }
  }

  private boolean isStored() throws InterruptedException {
    // Before the catalog is read: then that catalog is complete.
    boolean passed = existing.hasPassed(cut);
    List<CollectionEntry> wanted = wanted();
    Map<String, Long> behind = existing.behind(cut, wanted);
    report.copyWaitsFor(behind);
    if (passed && !behind.isEmpty()) {
      flush(wanted, behind.keySet());
    }
    return passed && behind.isEmpty();
  }

  /** Asks for a flush, if the task may. A flush before the cut would leave rows behind it. */
  private void flush(List<CollectionEntry> wanted, Set<String> shards) throws InterruptedException {
    if (flushing && System.nanoTime() - flushedAt > FLUSH_AGAIN) {
      List<CollectionEntry> behind =
          wanted.stream()
              .filter(collection -> !Collections.disjoint(collection.shards(), shards))
              .toList();
      existing.flush(behind);
      flushedAt = System.nanoTime();
    }
  }

  private List<CollectionEntry> wanted() throws InterruptedException {
    Catalog then = CatalogFeed.cut(source, cut).sync();
    return then.collections().values().stream().filter(one -> scope.wants(then, one)).toList();
  }

  /**
   * Creates the catalog of the cut. Drops what an earlier stretch created and the source has not.
   */
  private void create(BooleanSupplier stop) throws InterruptedException {
    catalog.refresh(watermark.value());
    changes.createEarly(stop);
    while (!stop.getAsBoolean() && !catalog.plan().isEmpty()) {
      SchemaEvent next = catalog.plan().get(0);
      changes.applyBeforeRows(next);
    }
    applied.settleAt(cut);
    watermark.storeOwed();
  }

  private void copy(BooleanSupplier stop) throws InterruptedException {
    Collection<CollectionEntry> all = applied.catalog().collections().values();
    long doubtful = Math.min(cut, watermark.doubtful().atLeast(watermark.value()));
    if (doubtful > watermark.value()) {
      replay(doubtful, all);
    }
    try (Reading reading = existing.read(new Span(watermark.value(), cut, cut), all)) {
      report.copyBegins(reading.left());
      Batch batch = reading.next();
      while (batch != null && !stop.getAsBoolean()) {
        if (!send(batch, reading.left(), stop)) {
          return;
        }
        batch = reading.next();
      }
    }
  }

  /** Sends a batch in parts. Returns false if it was stopped before the last one. */
  private boolean send(Batch batch, Amount left, BooleanSupplier stop) throws InterruptedException {
    boolean oneTime = BatchParts.isOfOneTime(batch.rows());
    Amount unsent = amountOf(batch.rows());
    Iterator<List<Insert>> parts = BatchParts.of(batch.rows(), partBytes).iterator();
    while (true) {
      List<Insert> part = parts.next();
      Amount sent = amountOf(part);
      unsent = new Amount(unsent.rows() - sent.rows(), unsent.bytes() - sent.bytes());
      Amount all = new Amount(left.rows() + unsent.rows(), left.bytes() + unsent.bytes());
      boolean last = !parts.hasNext();
      send(part, batch.upTo(), Round.Kind.FIRST, last, all);
      rest(throttle.pass(sent.bytes(), System.nanoTime()), stop);
      if (last) {
        return true;
      }
      if (stop.getAsBoolean()) {
        return false;
      }
      if (oneTime) {
        target.relieve();
      }
    }
  }

  /**
   * Sends the rows again of which no delivery was seen to end: all together, or in parts if they do
   * not fit into memory.
   */
  private void replay(long upTo, Collection<CollectionEntry> all) throws InterruptedException {
    List<Insert> held = new ArrayList<>();
    long bytes = 0;
    try (Reading reading = existing.read(new Span(watermark.value(), upTo, cut), all)) {
      for (Batch batch = reading.next(); batch != null; batch = reading.next()) {
        for (Insert insert : batch.rows()) {
          if (!held.isEmpty() && bytes + insert.payload().size() > partBytes) {
            send(held, upTo, Round.Kind.REPLAY, false, reading.left());
            target.relieve();
            held = new ArrayList<>();
            bytes = 0;
          }
          // The reading releases the payloads of a batch before it returns the next one.
          held.add(insert.with(Payload.of(insert.payload().bytes())));
          bytes += insert.payload().size();
        }
      }
      send(held, upTo, Round.Kind.REPLAY, true, reading.left());
    }
  }

  /**
   * Sends rows.
   *
   * @param last whether they complete all rows up to {@code upTo}
   */
  private void send(List<Insert> events, long upTo, Round.Kind kind, boolean last, Amount left)
      throws InterruptedException {
    watermark.begin();
    List<DataEvent> wanted = new ArrayList<>();
    for (Insert event : events) {
      if (catalog.has(event.header())) {
        wanted.add(event);
      }
    }
    Round round = new Round(wanted, upTo, kind);
    if (last) {
      report.copied(rows.deliver(round, Map.of(), false), left);
      watermark.end();
    } else {
      report.copied(rows.deliverPart(round, Map.of()), left);
    }
  }

  private static Amount amountOf(List<Insert> events) {
    long count = 0;
    long bytes = 0;
    for (Insert event : events) {
      count += event.header().rows();
      bytes += event.payload().size();
    }
    return new Amount(count, bytes);
  }

  private static void rest(long nanos, BooleanSupplier stop) throws InterruptedException {
    long end = System.nanoTime() + nanos;
    while (!stop.getAsBoolean() && end - System.nanoTime() > 0) {
      long left = TimeUnit.NANOSECONDS.toMillis(end - System.nanoTime());
      Thread.sleep(Math.min(NAP_MILLIS, left));
    }
  }

  @Override
  public DoubtfulWindow doubtful() {
    return watermark.doubtful();
  }

  @Override
  public List<String> limitations() {
    List<String> blindSpots = source.blindSpots().stream().map(Finding::message).toList();
    return Stream.concat(target.hindrances().stream(), blindSpots.stream()).toList();
  }

  @Override
  public List<TickMerger.ChannelView> channels() {
    return List.of();
  }

  @Override
  public void close() {
    Closing.all(parts);
  }
}
