package io.milvus.cdc.internal.binlog;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;

/** Writes the envelope of a binlog, as 2.3 internal/storage/binlog_writer.go does. */
final class WrittenBinlog {
  static final long COLLECTION = 446893535390500001L;
  static final long PARTITION = 446893535390500002L;
  static final long SEGMENT = 446893535390500100L;

  private static final String EXTRAS = "{\"original_size\":\"123\"}";
  private static final int INSERT = 1;
  private static final int DELETE = 2;

  private WrittenBinlog() {}

  /** Returns a binlog of a field, with one data event for each Parquet file. */
  static ByteSource insert(long field, byte[]... parquet) {
    return ByteSource.of("insert_log/" + field, bytes(field, EXTRAS, INSERT, parquet));
  }

  /** Returns the bytes of a binlog, or of a deltalog if the field is -1. */
  static ByteBuffer file(long segment, long field, byte[] parquet) {
    return bytes(segment, field, EXTRAS, field < 0 ? DELETE : INSERT, parquet);
  }

  static ByteSource delete(String extras, byte[]... parquet) {
    return ByteSource.of("delta_log/1", bytes(-1, extras, DELETE, parquet));
  }

  static ByteBuffer bytes(long field, String extras, int type, byte[]... parquet) {
    return bytes(SEGMENT, field, extras, type, parquet);
  }

  private static ByteBuffer bytes(
      long segment, long field, String extras, int type, byte[]... parquet) {
    byte[] json = extras.getBytes(StandardCharsets.UTF_8);
    int size = 85 + json.length;
    for (byte[] one : parquet) {
      size += 33 + one.length;
    }
    ByteBuffer file = ByteBuffer.allocate(size).order(ByteOrder.LITTLE_ENDIAN);
    int end = 85 + json.length;
    file.putInt(0x00fffabc).putLong(1).put((byte) 0).putInt(end - 4).putInt(end);
    file.putLong(COLLECTION).putLong(PARTITION).putLong(segment).putLong(field);
    file.putLong(1).putLong(1).putInt(5);
    file.put(new byte[] {34, 10, 10, 10, 10, 10, 10, 10}).putInt(json.length).put(json);
    for (byte[] one : parquet) {
      file.putLong(1).put((byte) type).putInt(33 + one.length).putInt(0).putLong(1).putLong(1);
      file.put(one);
    }
    return file.flip();
  }
}
