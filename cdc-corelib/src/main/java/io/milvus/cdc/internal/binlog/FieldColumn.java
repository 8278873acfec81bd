package io.milvus.cdc.internal.binlog;

import io.milvus.cdc.error.SourceException;
import io.milvus.cdc.internal.wire.FieldBytes;
import io.milvus.cdc.internal.wire.SchemaField;
import java.io.IOException;
import org.apache.parquet.schema.PrimitiveType.PrimitiveTypeName;

/** Copies the values of one field from its binlog to messages. For one thread. */
class FieldColumn {
  final ColumnCursor cursor;
  final FieldBytes values;

  FieldColumn(ColumnCursor cursor, FieldBytes values) {
    this.cursor = cursor;
    this.values = values;
  }

  /**
   * Checks that the binlog's type is the type of the field (2.3 to 2.5
   * internal/storage/payload_writer.go).
   *
   * @throws SourceException if it is not
   */
  void requireType() {
    SchemaField field = values.field();
    PrimitiveTypeName expected = expected(field);
    int width = cursor.type().getTypeLength();
    if (cursor.type().getPrimitiveTypeName() != expected
        || (expected == PrimitiveTypeName.FIXED_LEN_BYTE_ARRAY && width != values.width())) {
      throw Damage.in(
          cursor.file(),
          "its values are of type %s, and field %s is %s"
              .formatted(cursor.type(), field.name(), field.type()));
    }
  }

  private static PrimitiveTypeName expected(SchemaField field) {
    return switch (field.type()) {
      case "Bool" -> PrimitiveTypeName.BOOLEAN;
      case "Int8", "Int16", "Int32" -> PrimitiveTypeName.INT32;
      case "Int64" -> PrimitiveTypeName.INT64;
      case "Float" -> PrimitiveTypeName.FLOAT;
      case "Double" -> PrimitiveTypeName.DOUBLE;
      case "String", "VarChar", "JSON", "Array", "SparseFloatVector" -> PrimitiveTypeName.BINARY;
      default -> PrimitiveTypeName.FIXED_LEN_BYTE_ARRAY;
    };
  }

  /** Adds the value of the cursor's row. */
  void copy() throws IOException {
    if (cursor.isNull()) {
      addNull();
      return;
    }
    switch (cursor.type().getPrimitiveTypeName()) {
      case BOOLEAN -> values.addInteger(cursor.readBoolean() ? 1 : 0);
      case INT32 -> values.addInteger(cursor.readInt());
      case INT64 -> values.addInteger(cursor.readLong());
      case FLOAT -> values.addFloat(cursor.readFloat());
      case DOUBLE -> values.addDouble(cursor.readDouble());
      case BINARY, FIXED_LEN_BYTE_ARRAY -> values.addBytes(cursor.readBytes());
      case INT96 -> throw Damage.unknown(cursor.file(), "its values have 96 bits");
    }
  }

  private void addNull() {
    if (!values.field().nullable()) {
      throw Damage.in(
          cursor.file(),
          "it has a null, and field %s cannot hold null".formatted(values.field().name()));
    }
    values.addNull();
  }
}
