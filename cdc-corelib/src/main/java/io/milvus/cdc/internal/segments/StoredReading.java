package io.milvus.cdc.internal.segments;

import io.milvus.cdc.error.RetriableException;
import io.milvus.cdc.internal.binlog.TimeBuckets;
import io.milvus.cdc.internal.spill.Spill;
import io.milvus.cdc.internal.storage.MissingObjectException;
import io.milvus.cdc.sources.ExistingRows.Amount;
import io.milvus.cdc.sources.ExistingRows.Batch;
import io.milvus.cdc.sources.ExistingRows.Reading;
import io.milvus.cdc.sources.ExistingRows.Span;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Reads rows window by window. If a file is gone, the parts are listed again: other files have the
 * same rows with the same timestamps. For one thread.
 */
final class StoredReading implements Reading {
  private static final int MOST_VANISHED = 5;

  private final StoredParts lister;
  private final Wanted wanted;
  private final Span span;
  private final long memory;
  private final SourceFiles files;
  private final Spill spill;
  private final WindowReader reader;

  /** The parts with rows that were not returned, or null if they must be listed. */
  private @Nullable List<StoredPart> parts;

  private @Nullable Buckets buckets;
  private @Nullable Batch latest;

  /** The end of the window that is read. */
  private long read;

  /** The end of the batch that was returned last. */
  private long returned;

  private int vanished;

  StoredReading(
      StoredParts lister, Wanted wanted, Span span, long memory, SourceFiles files, Spill spill) {
    this.lister = lister;
    this.wanted = wanted;
    this.span = span;
    this.memory = memory;
    this.files = files;
    this.spill = spill;
    this.reader = new WindowReader(files, span.cut());
    this.read = span.after();
    this.returned = span.after();
  }

  /** Lists the parts. */
  StoredReading begin() throws InterruptedException {
    while (parts == null) {
      try {
        parts = listed();
      } catch (MissingObjectException e) {
        listAgain(e);
      }
    }
    return this;
  }

  private List<StoredPart> listed() throws InterruptedException {
    List<StoredPart> found = lister.list(wanted);
    for (StoredPart part : found) {
      if (part.hasDoubtfulTimes()) {
        reader.sample(part, read);
      }
    }
    return unread(found);
  }

  private List<StoredPart> unread(List<StoredPart> all) {
    List<StoredPart> left = new ArrayList<>(all);
    left.removeIf(part -> part.newest() <= read || part.from() > span.upTo());
    return left;
  }

  private void listAgain(MissingObjectException gone) throws InterruptedException {
    parts = null;
    if (++vanished > MOST_VANISHED) {
      throw new RetriableException(
          "The source deletes its files faster than their rows are read: %s".formatted(gone.what()),
          "Pause the source's garbage collection until its rows are copied.",
          gone);
    }
    Thread.sleep(lister.pause().toMillis());
  }

  @Override
  public Amount left() {
    double rows = 0;
    double bytes = 0;
    for (StoredPart part : parts == null ? List.<StoredPart>of() : parts) {
      rows += part.rowsUpTo(span.upTo()) - part.rowsUpTo(returned);
      bytes += part.bytesUpTo(span.upTo()) - part.bytesUpTo(returned);
    }
    return new Amount(Math.round(rows), Math.round(bytes));
  }

  @Override
  public @Nullable Batch next() throws InterruptedException {
    release();
    while (returned < span.upTo()) {
      Batch batch = buckets == null ? null : buckets.next();
      if (batch == null && read == span.upTo()) {
        batch = new Batch(List.of(), read);
      }
      if (batch != null) {
        vanished = 0;
        latest = batch;
        returned = batch.upTo();
        return batch;
      }
      returned = read;
      try {
        readWindow();
      } catch (MissingObjectException e) {
        listAgain(e);
      }
    }
    return null;
  }

  private void readWindow() throws InterruptedException {
    List<StoredPart> all = parts == null ? listed() : unread(parts);
    parts = all;
    TimeBuckets times = Window.choose(all, read, span.upTo(), part -> reader.sample(part, read));
    Buckets into = new Buckets(times, spill, memory);
    boolean complete = false;
    try {
      reader.read(all, read, times, into);
      complete = true;
    } finally {
      if (!complete) {
        into.release();
      }
    }
    buckets = into;
    read = times.end(times.count() - 1);
  }

  /** Releases the payloads of the batch that was returned last. */
  private void release() {
    if (latest != null) {
      latest.rows().forEach(insert -> spill.release(insert.payload()));
      latest = null;
    }
  }

  @Override
  public void close() {
    try (spill;
        files) {
      reader.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
