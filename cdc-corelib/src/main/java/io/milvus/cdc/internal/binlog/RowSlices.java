package io.milvus.cdc.internal.binlog;

import io.milvus.cdc.error.ConfigException;
import io.milvus.cdc.error.SourceException;
import io.milvus.cdc.internal.wire.FieldBytes;
import io.milvus.cdc.internal.wire.InsertBuilder;
import io.milvus.cdc.internal.wire.SchemaField;
import java.io.Closeable;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.apache.parquet.schema.PrimitiveType.PrimitiveTypeName;
import org.jspecify.annotations.Nullable;

/**
 * Reads rows from binlogs as messages. Rows that are later than the cut, or deleted by then, are
 * left out. It holds one page of each field. For one thread.
 */
public final class RowSlices implements Closeable {
  /** A slice ends with the row that reaches one of these. */
  private static final int MOST_BYTES = 1 << 20;

  private static final int MOST_ROWS = 20_000;

  private final DeletedRows deleted;
  private final List<ColumnCursor> cursors = new ArrayList<>();
  private final ColumnCursor rowIds;
  private final ColumnCursor timestamps;
  private final KeyColumn key;
  private final List<FieldColumn> fields = new ArrayList<>();
  private final InsertBuilder builder;
  private long row;

  private RowSlices(RowFiles files, DeletedRows deleted) throws IOException {
    this.deleted = deleted;
    rowIds = system(files, RowFiles.ROW_ID);
    timestamps = system(files, RowFiles.TIMESTAMP);
    @Nullable KeyColumn found = null;
    for (SchemaField field : files.fields()) {
      ColumnCursor cursor = cursor(files, field.id());
      FieldBytes values = values(field, cursor);
      FieldColumn column = new FieldColumn(cursor, values);
      if (field.primaryKey()) {
        found = new KeyColumn(cursor, values);
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
    builder = new InsertBuilder(files.rows(), fields.stream().map(field -> field.values).toList());
  }

  /**
   * Opens the files.
   *
   * @param deleted the deletes for these rows; they also say the cut
   * @param first the first row that is wanted, as in {@link RowSlice#next}
   * @throws SourceException if a file is missing, damaged or encrypted
   * @throws ConfigException if a library is not on the classpath
   * @throws IOException if the storage fails
   */
  public static RowSlices open(RowFiles files, DeletedRows deleted, long first) throws IOException {
    Libraries.require();
    RowSlices slices = new RowSlices(files, deleted);
    try {
      while (slices.row < first && slices.nextRow()) {
        slices.row++;
      }
    } catch (IOException | RuntimeException e) {
      slices.close();
      throw e;
    }
    return slices;
  }

  /**
   * Returns the next rows, or null after the last row.
   *
   * @throws SourceException if a file is damaged
   * @throws IOException if the storage fails
   */
  public @Nullable RowSlice next() throws IOException {
    while (builder.rows() < MOST_ROWS && builder.size() < MOST_BYTES && nextRow()) {
      row++;
      copyRow();
    }
    int rows = builder.rows();
    long newest = builder.newest();
    return rows == 0 ? null : new RowSlice(builder.build(), rows, newest, row);
  }

  private void copyRow() throws IOException {
    long timestamp = required(timestamps);
    if (timestamp > deleted.upTo() || key.deletedIn(deleted, timestamp)) {
      return;
    }
    long rowId = required(rowIds);
    for (FieldColumn field : fields) {
      field.copy();
    }
    builder.endRow(timestamp, rowId);
  }

  private static long required(ColumnCursor cursor) throws IOException {
    if (cursor.isNull()) {
      throw Damage.in(cursor.file(), "it has a null");
    }
    return cursor.readLong();
  }

  /** Moves all cursors. Returns false after the last row. */
  private boolean nextRow() throws IOException {
    boolean any = rowIds.next();
    for (ColumnCursor cursor : cursors) {
      if (cursor != rowIds && cursor.next() != any) {
        throw Damage.in(
            cursor.file(),
            "it has %s than %s, which has %d rows"
                .formatted(any ? "fewer rows" : "more rows", rowIds.file().name(), row));
      }
    }
    return any;
  }

  private static FieldBytes values(SchemaField field, ColumnCursor cursor) {
    try {
      return new FieldBytes(field);
    } catch (IllegalArgumentException e) {
      throw Damage.unknown(
          cursor.file(), "field %s has the type %s".formatted(field.name(), field.type()));
    }
  }

  private ColumnCursor system(RowFiles files, long field) throws IOException {
    ColumnCursor cursor = cursor(files, field);
    if (cursor.type().getPrimitiveTypeName() != PrimitiveTypeName.INT64) {
      throw Damage.in(cursor.file(), "its values are of type %s".formatted(cursor.type()));
    }
    return cursor;
  }

  private ColumnCursor cursor(RowFiles files, long field) throws IOException {
    @Nullable ByteSource file = files.binlogs().get(field);
    if (file == null) {
      throw new SourceException(
          "Segment %d has no binlog of field %d.".formatted(files.segment(), field),
          "Report it with the version of the source's Milvus.");
    }
    Binlog binlog = Binlog.open(file, Binlog.Kind.INSERT);
    if (binlog.field() != field || binlog.segment() != files.segment()) {
      throw Damage.in(
          file,
          "it has field %d of segment %d, not field %d of segment %d"
              .formatted(binlog.field(), binlog.segment(), field, files.segment()));
    }
    ColumnCursor cursor = Columns.open(file, binlog, 1).get(0);
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
