package io.milvus.cdc.internal.binlog;

import io.milvus.cdc.error.SourceException;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.apache.parquet.schema.PrimitiveType;

/** Opens the columns of a binlog, across its data events. */
final class Columns {
  private Columns() {}

  /**
   * Returns cursors over the columns, in their order.
   *
   * @throws SourceException if there are not as many columns, or if an event has other types
   */
  static List<ColumnCursor> open(ByteSource file, Binlog binlog, int count) throws IOException {
    List<ParquetFooter> footers = new ArrayList<>();
    for (ByteSource payload : binlog.payloads()) {
      ParquetFooter footer = ParquetFooter.read(payload);
      if (footer.columns().size() != count) {
        throw Damage.in(
            file, "it has %d columns, not %d".formatted(footer.columns().size(), count));
      }
      footers.add(footer);
    }
    List<ColumnCursor> cursors = new ArrayList<>();
    for (int column = 0; column < count; column++) {
      PrimitiveType type = type(footers.get(0), column);
      List<Chunk> chunks = new ArrayList<>();
      for (ParquetFooter footer : footers) {
        if (!type(footer, column).equals(type)) {
          throw Damage.in(
              file, "its values are of types %s and %s".formatted(type, type(footer, column)));
        }
        chunks.addAll(footer.chunks(column));
      }
      cursors.add(new ColumnCursor(file, type, chunks));
    }
    return cursors;
  }

  private static PrimitiveType type(ParquetFooter footer, int column) {
    return footer.columns().get(column).getPrimitiveType();
  }
}
