package io.milvus.cdc.internal.engine;

import io.milvus.cdc.ExistingStatus.Phase;
import io.milvus.cdc.StartFrom;
import io.milvus.cdc.catalog.Catalog;
import io.milvus.cdc.catalog.CollectionEntry;
import io.milvus.cdc.error.RetriableException;
import io.milvus.cdc.event.DataEvent;
import io.milvus.cdc.event.Insert;
import io.milvus.cdc.event.Payload;
import io.milvus.cdc.internal.checkpoint.CopyOrder;
import io.milvus.cdc.internal.order.AppliedCatalog;
import io.milvus.cdc.internal.order.CatalogCut;
import io.milvus.cdc.internal.order.TickMerger;
import io.milvus.cdc.preflight.Finding;
import io.milvus.cdc.sources.ExistingRows;
import io.milvus.cdc.sources.ExistingRows.Amount;
import io.milvus.cdc.sources.ExistingRows.Batch;
import io.milvus.cdc.sources.ExistingRows.Reading;
import io.milvus.cdc.sources.ExistingRows.Span;
import io.milvus.cdc.sources.SourceSession;
import io.milvus.cdc.targets.Round;
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

  private final CopyOrder order;
  private final long cut;
  private final SourceSession source;
  private final ExistingRows existing;
  private final Stages.Outflow out;
  private final AppliedCatalog applied;
  private final CatalogSync catalog;
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
      CopyOrder order,
      SourceSession source,
      ExistingRows existing,
      Stages.Outflow out,
      Stages stages,
      TaskReport report,
      StartFrom.Existing settings,
      long partBytes,
      boolean resumed,
      List<AutoCloseable> parts) {
    this.order = order;
    this.cut = order.cut();
    this.source = source;
    this.existing = existing;
    this.out = out;
    this.applied = out.applied();
    this.catalog = stages.catalog();
    this.rows = stages.rows();
    this.changes = stages.changes();
    this.watermark = stages.watermark();
    this.report = report;
    this.partBytes = partBytes;
    this.throttle = new Throttle(settings.bytesPerSecond());
    this.flushing = settings.flushing();
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
    if (!awaitStored(stop)) {
      return;
    }
    report.copying(Phase.CREATING, cut);
    if (!order.emptied()) {
      // The next stretch sends the rows, above everything that was sent before the drops.
      drop(stop);
      return;
    }
    if (!create(stop)) {
      return;
    }
    report.copying(Phase.COPYING, cut);
    if (copy(stop)) {
      watermark.store();
      report.copying(Phase.DONE, cut);
    }
  }

  /**
   * Waits until the source has stored all rows at or below the cut. Returns false if it was stopped
   * before.
   */
  private boolean awaitStored(BooleanSupplier stop) throws InterruptedException {
    long poll = FIRST_POLL;
    while (!isStored()) {
      if (stop.getAsBoolean()) {
        return false;
      }
      rest(poll, stop);
      poll = Math.min(2 * poll, LONGEST_POLL);
    }
    return true;
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
    Catalog then = CatalogCut.of(source.sync(), cut);
    return then.collections().values().stream()
        .filter(one -> order.names(one.id()) && out.scope().wants(then, one))
        .toList();
  }

  /** Drops the collections that are copied again, which the target has from before. */
  private void drop(BooleanSupplier stop) throws InterruptedException {
    catalog.refresh(watermark.value());
    if (apply(stop)) {
      watermark.restart(order);
      report.restarted();
    }
  }

  /**
   * Creates the catalog of the cut. Drops what an earlier stretch created and the source has not.
   * Returns false if it was stopped before.
   */
  private boolean create(BooleanSupplier stop) throws InterruptedException {
    catalog.refresh(watermark.value());
    changes.createEarly(stop);
    if (!apply(stop)) {
      return false;
    }
    applied.settleAt(cut, order::names);
    watermark.storeOwed();
    return true;
  }

  /** Applies all changes that are left. Returns false if it was stopped before. */
  private boolean apply(BooleanSupplier stop) throws InterruptedException {
    while (!catalog.plan().isEmpty()) {
      if (stop.getAsBoolean()) {
        return false;
      }
      changes.applyBeforeRows(catalog.plan().get(0));
    }
    return true;
  }

  /** Returns false if it was stopped before all rows were sent. */
  private boolean copy(BooleanSupplier stop) throws InterruptedException {
    Collection<CollectionEntry> all =
        applied.catalog().collections().values().stream()
            .filter(one -> order.names(one.id()))
            .toList();
    long doubtful = Math.min(cut, watermark.doubtful().atLeast(watermark.value()));
    if (doubtful > watermark.value()) {
      replay(doubtful, all);
    }
    try (Reading reading = existing.read(new Span(watermark.value(), cut, cut), all)) {
      report.copyBegins(reading.left());
      for (Batch batch = reading.next(); batch != null; batch = reading.next()) {
        if (stop.getAsBoolean() || !send(batch, reading.left(), stop)) {
          return false;
        }
      }
      return true;
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
        out.target().relieve();
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
            out.target().relieve();
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
    return Stream.concat(out.target().hindrances().stream(), blindSpots.stream()).toList();
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
