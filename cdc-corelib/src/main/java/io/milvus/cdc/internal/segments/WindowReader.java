package io.milvus.cdc.internal.segments;

import io.milvus.cdc.internal.binlog.ByteSource;
import io.milvus.cdc.internal.binlog.DeletedRows;
import io.milvus.cdc.internal.binlog.RowFiles;
import io.milvus.cdc.internal.binlog.RowSlice;
import io.milvus.cdc.internal.binlog.RowSlices;
import io.milvus.cdc.internal.binlog.RowTimes;
import io.milvus.cdc.internal.binlog.TimeBuckets;
import java.io.IOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Reads the files of parts. It holds the deletes of one segment. For one thread. */
final class WindowReader {
  private final SourceFiles files;
  private final long cut;

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
    List<String> latestCommon = List.of();
    DeletedRows common = new DeletedRows(cut);
    long latest = -1;
    DeletedRows deleted = common;
    long end = times.end(times.count() - 1);
    for (StoredPart part : parts.stream().sorted(StoredPart.BY_SEGMENT).toList()) {
      if (part.from() > end) {
        continue;
      }
      if (!part.deletes.common().equals(latestCommon)) {
        latestCommon = part.deletes.common();
        common = deletes(new DeletedRows(cut), latestCommon);
        latest = -1;
      }
      if (part.part.segment().id() != latest) {
        latest = part.part.segment().id();
        deleted = deletes(new DeletedRows(common), part.deletes.own());
      }
      read(part, after, deleted, times, into);
    }
  }

  private DeletedRows deletes(DeletedRows deleted, Iterable<String> paths)
      throws IOException, InterruptedException {
    for (String path : paths) {
      deleted.addAll(files.open(path));
      files.trim();
    }
    return deleted;
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
