package io.milvus.cdc.internal.binlog;

import io.milvus.cdc.error.SourceException;
import io.milvus.cdc.internal.wire.FieldBytes;
import io.milvus.cdc.internal.wire.SchemaField;
import java.io.IOException;
import org.apache.parquet.schema.PrimitiveType.PrimitiveTypeName;

/** Copies the values of one field from its binlog to messages. For one thread. */
class FieldColumn {
  final ColumnCursor cursor;
  private final SchemaField field;

  FieldColumn(ColumnCursor cursor, SchemaField field) {
    this.cursor = cursor;
    this.field = field;
  }

  /**
   * Returns an empty list of the field's values.
   *
   * @throws SourceException if no Milvus up to 2.5 has such a field
   */
  FieldBytes values() {
    try {
      return new FieldBytes(field);
    } catch (IllegalArgumentException e) {
      throw Damage.unknown(
          cursor.file(), "field %s has the type %s".formatted(field.name(), field.type()));
    }
  }

  /**
   * Checks that the binlog's type is the type of the field (2.3 to 2.5
   * internal/storage/payload_writer.go).
   *
   * @throws SourceException if it is not
   */
  void requireType() {
    int expectedWidth = values().width();
    PrimitiveTypeName expected = expected(field);
    int width = cursor.type().getTypeLength();
    if (cursor.type().getPrimitiveTypeName() != expected
        || (expected == PrimitiveTypeName.FIXED_LEN_BYTE_ARRAY && width != expectedWidth)) {
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
  void copyTo(FieldBytes values) throws IOException {
    if (cursor.isNull()) {
      addNull(values);
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

  private void addNull(FieldBytes values) {
    if (!field.nullable()) {
      throw Damage.in(
          cursor.file(), "it has a null, and field %s cannot hold null".formatted(field.name()));
    }
    values.addNull();
  }
}
