package io.milvus.cdc.internal.binlog;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.milvus.cdc.error.SourceException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.apache.parquet.schema.PrimitiveType.PrimitiveTypeName;

/**
 * Reads deltalogs. A delete is a JSON text (2.3 to 2.5), a text {@code key,timestamp} (older), or a
 * row of two columns (2.5 with {@code dataNode.storage.deltalog: parquet}).
 */
final class DeltaLog {
  private static final ObjectMapper JSON = new ObjectMapper();

  private DeltaLog() {}

  /**
   * Adds all deletes of a file.
   *
   * @throws SourceException if it is damaged or encrypted
   * @throws IOException if the storage fails
   */
  static void read(ByteSource file, DeletedRows deleted) throws IOException {
    Binlog binlog = Binlog.open(file, Binlog.Kind.DELETE);
    if (binlog.extras().multiField()) {
      readColumns(file, binlog, deleted);
    } else {
      readTexts(file, binlog, deleted);
    }
  }

  private static void readColumns(ByteSource file, Binlog binlog, DeletedRows deleted)
      throws IOException {
    List<ColumnCursor> columns = Columns.open(file, binlog, 2);
    try (ColumnCursor keys = columns.get(0);
        ColumnCursor timestamps = columns.get(1)) {
      require(file, timestamps, PrimitiveTypeName.INT64);
      boolean integers = keys.type().getPrimitiveTypeName() == PrimitiveTypeName.INT64;
      if (!integers) {
        require(file, keys, PrimitiveTypeName.BINARY);
      }
      while (keys.next()) {
        if (!timestamps.next() || keys.isNull() || timestamps.isNull()) {
          throw Damage.in(file, "a delete has no key or no timestamp");
        }
        long timestamp = timestamp(file, timestamps.readLong());
        if (integers) {
          deleted.add(keys.readLong(), timestamp);
        } else {
          deleted.add(keys.readBytes(), timestamp);
        }
      }
    }
  }

  private static void readTexts(ByteSource file, Binlog binlog, DeletedRows deleted)
      throws IOException {
    try (ColumnCursor texts = Columns.open(file, binlog, 1).get(0)) {
      require(file, texts, PrimitiveTypeName.BINARY);
      while (texts.next()) {
        if (texts.isNull()) {
          throw Damage.in(file, "a delete has no text");
        }
        String text = text(texts.readBytes());
        if (text.startsWith("{")) {
          readJson(file, text, deleted);
        } else {
          readPair(file, text, deleted);
        }
      }
    }
  }

  private static void readJson(ByteSource file, String text, DeletedRows deleted)
      throws IOException {
    JsonNode delete;
    try {
      delete = JSON.readTree(text);
    } catch (IOException e) {
      throw Damage.in(file, "a delete is no JSON", e);
    }
    JsonNode key = delete.path("pk");
    JsonNode timestamp = delete.path("ts");
    boolean integer = key.isIntegralNumber() && key.canConvertToLong();
    if ((!integer && !key.isTextual())
        || !timestamp.isIntegralNumber()
        || !timestamp.canConvertToLong()) {
      throw Damage.in(file, "a delete has no key or no timestamp");
    }
    if (integer) {
      deleted.add(key.longValue(), timestamp(file, timestamp.longValue()));
    } else {
      deleted.add(
          ByteBuffer.wrap(key.textValue().getBytes(StandardCharsets.UTF_8)),
          timestamp(file, timestamp.longValue()));
    }
  }

  private static void readPair(ByteSource file, String text, DeletedRows deleted)
      throws IOException {
    int comma = text.indexOf(',');
    try {
      long key = Long.parseLong(text.substring(0, Math.max(0, comma)));
      deleted.add(key, timestamp(file, Long.parseLong(text.substring(comma + 1))));
    } catch (NumberFormatException e) {
      throw Damage.in(file, "a delete is neither JSON nor a key and a timestamp", e);
    }
  }

  private static long timestamp(ByteSource file, long timestamp) {
    if (timestamp <= 0) {
      throw Damage.in(file, "a delete has the timestamp " + timestamp);
    }
    return timestamp;
  }

  private static void require(ByteSource file, ColumnCursor column, PrimitiveTypeName type) {
    PrimitiveTypeName found = column.type().getPrimitiveTypeName();
    if (found != type) {
      throw Damage.in(file, "its values are of type %s, not %s".formatted(found, type));
    }
  }

  private static String text(ByteBuffer bytes) {
    return StandardCharsets.UTF_8.decode(bytes).toString();
  }
}
