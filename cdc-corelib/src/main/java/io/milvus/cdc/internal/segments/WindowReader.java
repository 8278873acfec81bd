package io.milvus.cdc.internal.segments;

import io.milvus.cdc.internal.binlog.ByteSource;
import io.milvus.cdc.internal.binlog.DeletedRows;
import io.milvus.cdc.internal.binlog.RowFiles;
import io.milvus.cdc.internal.binlog.RowSlice;
import io.milvus.cdc.internal.binlog.RowSlices;
import io.milvus.cdc.internal.binlog.RowTimes;
import io.milvus.cdc.internal.binlog.TimeBuckets;
import java.io.Closeable;
import java.io.IOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Reads the files of parts. It holds the deletes of one segment, and those of level 0 for the next
 * window. For one thread.
 */
final class WindowReader implements Closeable {
  private final SourceFiles files;
  private final long cut;

  /** The deletes of level 0 that were read last, and their files. */
  private @Nullable DeletedRows common;

  private List<String> commonFiles = List.of();

  WindowReader(SourceFiles files, long cut) {
    this.files = files;
    this.cut = cut;
  }

  /**
   * Reads the timestamps of a part.
   *
   * @param done the rows at or below this time were read already
   */
  void sample(StoredPart part, long done) throws InterruptedException {
    LogFile times = part.part.times();
    Samples samples = new Samples();
    try {
      RowTimes.each(files.open(times.path()), part.part.segment().id(), samples);
      files.trim();
    } catch (IOException e) {
      throw StorageFailure.explain(e);
    }
    part.found(
        samples.isEmpty()
            ? Spread.sampled(part.from(), part.newest(), part.newest())
            : samples.spread(),
        done);
  }

  /** Reads the rows of a window. */
  void read(List<StoredPart> parts, long after, TimeBuckets times, Buckets into)
      throws InterruptedException {
    try {
      readAll(parts, after, times, into);
    } catch (IOException e) {
      throw StorageFailure.explain(e);
    }
  }

  private void readAll(List<StoredPart> parts, long after, TimeBuckets times, Buckets into)
      throws IOException, InterruptedException {
    long end = times.end(times.count() - 1);
    long latest = -1;
    @Nullable DeletedRows own = null;
    try {
      for (StoredPart part : parts.stream().sorted(StoredPart.BY_SEGMENT).toList()) {
        if (part.from() > end) {
          continue;
        }
        if (own == null || part.part.segment().id() != latest) {
          close(own);
          latest = part.part.segment().id();
          own = add(new DeletedRows(common(part)), part.deletes.own());
        }
        read(part, after, own, times, into);
      }
    } finally {
      close(own);
    }
  }

  /** Returns the deletes of level 0, which are read once for the segments that share them. */
  private DeletedRows common(StoredPart part) throws IOException, InterruptedException {
    if (common == null || !part.deletes.common().equals(commonFiles)) {
      close();
      commonFiles = part.deletes.common();
      common = add(new DeletedRows(cut, files.directory()), commonFiles);
    }
    return common;
  }

  private DeletedRows add(DeletedRows deleted, Iterable<String> paths)
      throws IOException, InterruptedException {
    boolean complete = false;
    try {
      for (String path : paths) {
        deleted.addAll(files.open(path));
        files.trim();
      }
      complete = true;
      return deleted;
    } finally {
      if (!complete) {
        deleted.close();
      }
    }
  }

  private static void close(@Nullable DeletedRows deleted) throws IOException {
    if (deleted != null) {
      deleted.close();
    }
  }

  @Override
  public void close() throws IOException {
    DeletedRows held = common;
    common = null;
    close(held);
  }

  private void read(
      StoredPart part, long after, DeletedRows deleted, TimeBuckets times, Buckets into)
      throws IOException, InterruptedException {
    Map<Long, ByteSource> columns = new HashMap<>();
    for (Map.Entry<Long, LogFile> column : part.part.columns().entrySet()) {
      columns.put(column.getKey(), files.open(column.getValue().path()));
    }
    RowFiles rows = new RowFiles(part.to, part.part.segment().id(), part.fields, columns);
    try (RowSlices slices = RowSlices.open(rows, deleted, times)) {
      for (RowSlice slice = slices.next(); slice != null; slice = slices.next()) {
        into.add(part, slice);
      }
      if (slices.oldest() < part.from() || slices.newest() > part.newest()) {
        part.found(Spread.even(slices.oldest(), slices.newest()), after);
      }
    }
    if (part.newest() <= times.end(times.count() - 1)) {
      forget(part);
    }
    files.trim();
  }

  private void forget(StoredPart part) throws IOException {
    for (LogFile file : part.part.columns().values()) {
      files.forget(file.path());
    }
  }
}
