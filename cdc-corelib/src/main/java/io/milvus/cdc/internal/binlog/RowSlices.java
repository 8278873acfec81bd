package io.milvus.cdc.internal.binlog;

import io.milvus.cdc.error.ConfigException;
import io.milvus.cdc.error.SourceException;
import io.milvus.cdc.internal.wire.SchemaField;
import java.io.Closeable;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Reads the rows of a stretch of time from binlogs as messages, each with rows of one bucket. Rows
 * that are later than the cut, or deleted by then, are left out. It holds one page of each field,
 * and up to 16 MiB of messages. For one thread.
 */
public final class RowSlices implements Closeable {
  private final DeletedRows deleted;
  private final TimeBuckets buckets;
  private final List<ColumnCursor> cursors = new ArrayList<>();
  private final ColumnCursor rowIds;
  private final ColumnCursor timestamps;
  private final KeyColumn key;
  private final List<FieldColumn> fields = new ArrayList<>();
  private final OpenSlices open;
  private long oldest = Long.MAX_VALUE;
  private long newest = Long.MIN_VALUE;

  /** The number of rows whose timestamps were read. */
  private long read;

  private RowSlices(RowFiles files, DeletedRows deleted, TimeBuckets buckets) throws IOException {
    this.deleted = deleted;
    this.buckets = buckets;
    rowIds = FieldFile.integers(cursor(files, RowFiles.ROW_ID));
    timestamps = FieldFile.integers(cursor(files, RowFiles.TIMESTAMP));
    @Nullable KeyColumn found = null;
    for (SchemaField field : files.fields()) {
      ColumnCursor cursor = cursor(files, field.id());
      FieldColumn column = new FieldColumn(cursor, field);
      if (field.primaryKey()) {
        found = new KeyColumn(cursor, field);
        column = found;
      }
      column.requireType();
      fields.add(column);
    }
    if (found == null || files.binlogs().size() != cursors.size()) {
      throw Damage.in(
          rowIds.file(),
          "its rows have values of the fields %s, and the collection has other fields"
              .formatted(files.binlogs().keySet()));
    }
    key = found;
    open = new OpenSlices(files.rows(), fields, buckets.count());
  }

  /**
   * Opens the files.
   *
   * @param deleted the deletes for these rows; they also say the cut
   * @param buckets the stretch of time that is wanted
   * @throws SourceException if a file is missing, damaged or encrypted
   * @throws ConfigException if a library is not on the classpath
   * @throws IOException if the storage fails
   */
  public static RowSlices open(RowFiles files, DeletedRows deleted, TimeBuckets buckets)
      throws IOException {
    Libraries.require();
    return new RowSlices(files, deleted, buckets);
  }

  /**
   * Returns some of the rows, or null after the last row.
   *
   * @throws SourceException if a file is damaged
   * @throws IOException if the storage fails
   */
  public @Nullable RowSlice next() throws IOException {
    while (timestamps.next()) {
      long row = read++;
      long timestamp = FieldFile.integer(timestamps);
      oldest = Math.min(oldest, timestamp);
      newest = Math.max(newest, timestamp);
      int bucket = timestamp > deleted.upTo() ? TimeBuckets.NONE : buckets.of(timestamp);
      if (bucket != TimeBuckets.NONE) {
        moveTo(row, key.cursor);
        if (!key.deletedIn(deleted, timestamp)) {
          RowSlice ended = copy(row, timestamp, bucket);
          if (ended != null) {
            return ended;
          }
        }
      }
    }
    requireSameRows();
    return open.rest();
  }

  /** Returns the oldest timestamp of the rows that were read or left out, or the greatest long. */
  public long oldest() {
    return oldest;
  }

  /** Returns the newest timestamp of the rows that were read or left out, or the least long. */
  public long newest() {
    return newest;
  }

  private @Nullable RowSlice copy(long row, long timestamp, int bucket) throws IOException {
    OpenSlices.Slice slice = open.in(bucket, row);
    moveTo(row, rowIds);
    long rowId = FieldFile.integer(rowIds);
    for (int i = 0; i < fields.size(); i++) {
      FieldColumn field = fields.get(i);
      if (field != key) {
        moveTo(row, field.cursor);
      }
      field.copyTo(slice.fields.get(i));
    }
    slice.builder.endRow(timestamp, rowId);
    return open.added(slice);
  }

  private void moveTo(long row, ColumnCursor cursor) throws IOException {
    if (!cursor.moveTo(row)) {
      throw uneven(cursor, "fewer");
    }
  }

  private void requireSameRows() throws IOException {
    for (ColumnCursor cursor : cursors) {
      if (cursor.passTo(read) < read) {
        throw uneven(cursor, "fewer");
      }
      if (cursor.next()) {
        throw uneven(cursor, "more");
      }
    }
  }

  private SourceException uneven(ColumnCursor cursor, String than) {
    return Damage.in(
        cursor.file(),
        "it has %s rows than %s, of which %d were read"
            .formatted(than, timestamps.file().name(), read));
  }

  private ColumnCursor cursor(RowFiles files, long field) throws IOException {
    @Nullable ByteSource file = files.binlogs().get(field);
    if (file == null) {
      throw new SourceException(
          "Segment %d has no binlog of field %d.".formatted(files.segment(), field),
          "Report it with the version of the source's Milvus.");
    }
    ColumnCursor cursor = FieldFile.open(file, files.segment(), field);
    cursors.add(cursor);
    return cursor;
  }

  @Override
  public void close() throws IOException {
    for (ColumnCursor cursor : cursors) {
      cursor.close();
    }
  }
}
