package io.milvus.cdc.internal.binlog;

import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Golden binlogs, and the values of any. */
final class Binlogs {
  private Binlogs() {}

  static byte[] bytes(String name) {
    try (InputStream in = Binlogs.class.getResourceAsStream("/golden/" + name)) {
      return in.readAllBytes();
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  static ByteBuffer utf8(String text) {
    return ByteBuffer.wrap(text.getBytes(StandardCharsets.UTF_8));
  }

  /** Returns an empty set of deletes, which stays in memory. */
  static DeletedRows deletedUpTo(long cut) {
    return new DeletedRows(cut, Path.of("unused"));
  }

  static ByteSource golden(String name) {
    return ByteSource.of(name, ByteBuffer.wrap(bytes(name)));
  }

  static Binlog.Kind kind(String name) {
    return name.contains("delta") ? Binlog.Kind.DELETE : Binlog.Kind.INSERT;
  }

  static List<Object> values(ByteSource file) throws IOException {
    return values(file, kind(file.name()));
  }

  /** Returns the values of the only column: nulls, numbers, booleans or byte arrays. */
  static List<Object> values(ByteSource file, Binlog.Kind kind) throws IOException {
    try (ColumnCursor cursor = Columns.open(file, Binlog.open(file, kind), 1).get(0)) {
      return values(cursor);
    }
  }

  static List<Object> values(ColumnCursor cursor) throws IOException {
    List<Object> values = new ArrayList<>();
    while (cursor.next()) {
      values.add(value(cursor));
    }
    return values;
  }

  static Object value(ColumnCursor cursor) throws IOException {
    if (cursor.isNull()) {
      return null;
    }
    return switch (cursor.type().getPrimitiveTypeName()) {
      case BOOLEAN -> cursor.readBoolean();
      case INT32 -> cursor.readInt();
      case INT64 -> cursor.readLong();
      case FLOAT -> cursor.readFloat();
      case DOUBLE -> cursor.readDouble();
      default -> bytes(cursor.readBytes());
    };
  }

  static byte[] bytes(ByteBuffer buffer) {
    byte[] bytes = new byte[buffer.remaining()];
    buffer.get(bytes);
    return bytes;
  }

  static String text(Object value) {
    return new String((byte[]) value, StandardCharsets.UTF_8);
  }

  /** Returns all values in one form, as golden/binlogs.txt has them. */
  static byte[] canonical(List<Object> values) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    DataOutputStream out = new DataOutputStream(bytes);
    for (Object value : values) {
      out.writeBoolean(value != null);
      if (value instanceof Boolean one) {
        out.writeBoolean(one);
      } else if (value instanceof Float one) {
        out.writeFloat(one);
      } else if (value instanceof Double one) {
        out.writeDouble(one);
      } else if (value instanceof Number one) {
        out.writeLong(one.longValue());
      } else if (value instanceof byte[] one) {
        out.writeInt(one.length);
        out.write(one);
      }
    }
    return bytes.toByteArray();
  }
}
