package io.milvus.cdc.internal.binlog;

import io.milvus.cdc.error.ConfigException;
import io.milvus.cdc.error.SourceException;
import java.io.IOException;
import java.util.function.LongConsumer;

/** Reads the timestamps of rows, without their values. */
public final class RowTimes {
  private RowTimes() {}

  /**
   * Passes the hybrid timestamp of each row to a consumer, in the order of the rows.
   *
   * @param file the binlog of field 1
   * @throws SourceException if it is damaged or encrypted
   * @throws ConfigException if a library is not on the classpath
   * @throws IOException if the storage fails
   */
  public static void each(ByteSource file, long segment, LongConsumer consumer) throws IOException {
    Libraries.require();
    try (ColumnCursor cursor =
        FieldFile.integers(FieldFile.open(file, segment, RowFiles.TIMESTAMP))) {
      while (cursor.next()) {
        consumer.accept(FieldFile.integer(cursor));
      }
    }
  }
}
