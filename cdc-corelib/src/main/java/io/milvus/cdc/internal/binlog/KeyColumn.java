package io.milvus.cdc.internal.binlog;

import io.milvus.cdc.internal.wire.FieldBytes;
import io.milvus.cdc.internal.wire.SchemaField;
import java.io.IOException;
import java.nio.ByteBuffer;
import org.apache.parquet.schema.PrimitiveType.PrimitiveTypeName;

/** Copies primary keys, which are looked at before the other fields of a row. For one thread. */
final class KeyColumn extends FieldColumn {
  private final boolean integers;
  private long integer;
  private ByteBuffer text = ByteBuffer.allocate(0);

  KeyColumn(ColumnCursor cursor, SchemaField field) {
    super(cursor, field);
    integers = cursor.type().getPrimitiveTypeName() == PrimitiveTypeName.INT64;
  }

  /** Reads the key of the cursor's row. Returns whether the row is deleted. */
  boolean deletedIn(DeletedRows deleted, long timestamp) throws IOException {
    if (cursor.isNull()) {
      throw Damage.in(cursor.file(), "it has a row without a key");
    }
    if (integers) {
      integer = cursor.readLong();
      return deleted.contains(integer, timestamp);
    }
    text = cursor.readBytes();
    return deleted.contains(text, timestamp);
  }

  /** Adds the key that was read last. */
  @Override
  void copyTo(FieldBytes values) {
    if (integers) {
      values.addInteger(integer);
    } else {
      values.addBytes(text);
    }
  }
}
