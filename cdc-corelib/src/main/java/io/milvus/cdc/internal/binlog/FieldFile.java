package io.milvus.cdc.internal.binlog;

import io.milvus.cdc.error.SourceException;
import java.io.IOException;
import org.apache.parquet.schema.PrimitiveType.PrimitiveTypeName;

/** Opens binlogs that have one field of one segment. */
final class FieldFile {
  private FieldFile() {}

  /**
   * Returns a cursor before the first row.
   *
   * @throws SourceException if it is damaged, or has another field or segment
   */
  static ColumnCursor open(ByteSource file, long segment, long field) throws IOException {
    Binlog binlog = Binlog.open(file, Binlog.Kind.INSERT);
    if (binlog.field() != field || binlog.segment() != segment) {
      throw Damage.in(
          file,
          "it has field %d of segment %d, not field %d of segment %d"
              .formatted(binlog.field(), binlog.segment(), field, segment));
    }
    return Columns.open(file, binlog, 1).get(0);
  }

  /**
   * Checks that the values are integers, as in a system field.
   *
   * @throws SourceException if they are not
   */
  static ColumnCursor integers(ColumnCursor cursor) {
    if (cursor.type().getPrimitiveTypeName() != PrimitiveTypeName.INT64) {
      throw Damage.in(cursor.file(), "its values are of type %s".formatted(cursor.type()));
    }
    return cursor;
  }

  /** Returns the integer of the cursor's row. */
  static long integer(ColumnCursor cursor) throws IOException {
    if (cursor.isNull()) {
      throw Damage.in(cursor.file(), "it has a null");
    }
    return cursor.readLong();
  }
}
