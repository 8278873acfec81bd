package io.milvus.cdc.internal.binlog;

import static org.apache.parquet.schema.PrimitiveType.PrimitiveTypeName.FIXED_LEN_BYTE_ARRAY;
import static org.apache.parquet.schema.PrimitiveType.PrimitiveTypeName.INT64;

import io.milvus.cdc.internal.binlog.WrittenColumns.Form;
import io.milvus.cdc.internal.wire.Address;
import io.milvus.cdc.internal.wire.SchemaField;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.function.IntFunction;
import java.util.stream.IntStream;
import org.apache.parquet.schema.PrimitiveType;
import org.apache.parquet.schema.Types;

/** Measures the speed of reading. Arguments: dimensions, rows, and bytes of a page. Not a test. */
final class BinlogSpeed {
  private static final int ROUNDS = 5;
  private static final long ROUND_NANOS = 2_000_000_000L;

  private static final Address ROWS =
      new Address("dml_0", "dml_0_7v0", "db", "docs", 7, "_default", 8);

  private BinlogSpeed() {}

  public static void main(String[] arguments) throws IOException {
    int dimensions = arguments.length > 0 ? Integer.parseInt(arguments[0]) : 128;
    int rows = arguments.length > 1 ? Integer.parseInt(arguments[1]) : 20_000;
    Form form =
        arguments.length > 2
            ? new Form(false, false, true, Integer.parseInt(arguments[2]))
            : Form.usual();
    Map<Long, ByteSource> files = new HashMap<>();
    for (long id : new long[] {0, 1, 100}) {
      files.put(
          id, file(id, Form.usual(), Types.required(INT64).named("val"), rows, row -> row + 1L));
    }
    PrimitiveType vector = Types.required(FIXED_LEN_BYTE_ARRAY).length(4 * dimensions).named("val");
    files.put(101L, file(101, form, vector, rows, row -> floats(row, dimensions)));
    List<SchemaField> fields =
        List.of(
            new SchemaField(100, "id", "Int64", "", true, false, false, false, Map.of()),
            new SchemaField(
                101,
                "vector",
                "FloatVector",
                "",
                false,
                false,
                false,
                false,
                Map.of("dim", Integer.toString(dimensions))));
    RowFiles all = new RowFiles(ROWS, WrittenBinlog.SEGMENT, fields, files);
    for (int round = 0; round < ROUNDS; round++) {
      measure("vectors alone", dimensions, () -> vectors(files.get(101L)));
      measure("rows to messages", dimensions, () -> messages(all, new TimeBuckets(0, rows)));
      measure("rows to 16 buckets", dimensions, () -> messages(all, buckets(rows, 16)));
      // The rows that are passed count, too.
      measure(
          "the last of 16 buckets",
          dimensions,
          () -> 15 * rows / 16 + messages(all, new TimeBuckets(rows - rows / 16, rows)));
    }
  }

  private static TimeBuckets buckets(int rows, int count) {
    return new TimeBuckets(
        0, IntStream.rangeClosed(1, count).mapToLong(i -> (long) rows * i / count).toArray());
  }

  private static ByteSource file(
      long id, Form form, PrimitiveType type, int rows, IntFunction<?> value) throws IOException {
    WrittenColumns columns = WrittenColumns.of(form, type);
    for (int row = 0; row < rows; row++) {
      columns.row(new Object[] {value.apply(row)});
    }
    return WrittenBinlog.insert(id, columns.file());
  }

  private static byte[] floats(int row, int dimensions) {
    SplittableRandom random = new SplittableRandom(row);
    ByteBuffer bytes = ByteBuffer.allocate(4 * dimensions).order(ByteOrder.LITTLE_ENDIAN);
    while (bytes.hasRemaining()) {
      bytes.putFloat((float) random.nextDouble());
    }
    return bytes.array();
  }

  private static int vectors(ByteSource file) throws IOException {
    Binlog binlog = Binlog.open(file, Binlog.Kind.INSERT);
    int rows = 0;
    byte[] copy = new byte[0];
    try (ColumnCursor cursor = Columns.open(file, binlog, 1).get(0)) {
      while (cursor.next()) {
        ByteBuffer value = cursor.readBytes();
        if (copy.length < value.remaining()) {
          copy = new byte[value.remaining()];
        }
        value.get(copy, 0, value.remaining());
        rows++;
      }
    }
    return rows;
  }

  private static int messages(RowFiles files, TimeBuckets buckets) throws IOException {
    int rows = 0;
    try (RowSlices slices = RowSlices.open(files, Binlogs.deletedUpTo(Long.MAX_VALUE), buckets)) {
      for (RowSlice slice = slices.next(); slice != null; slice = slices.next()) {
        rows += slice.rows();
      }
    }
    return rows;
  }

  /** Reads rows. */
  private interface Reading {
    int rows() throws IOException;
  }

  private static void measure(String what, int dimensions, Reading reading) throws IOException {
    var thread = (com.sun.management.ThreadMXBean) ManagementFactory.getThreadMXBean();
    long allocated = thread.getCurrentThreadAllocatedBytes();
    long cpu = thread.getCurrentThreadCpuTime();
    long start = System.nanoTime();
    long rows = 0;
    while (System.nanoTime() - start < ROUND_NANOS) {
      rows += reading.rows();
    }
    double seconds = (thread.getCurrentThreadCpuTime() - cpu) / 1e9;
    System.out.printf(
        "%s: %.0f MB/s of vectors in CPU time, %.2f CPU s a million rows, %d bytes allocated a"
            + " row%n",
        what,
        rows * 4.0 * dimensions / 1e6 / seconds,
        seconds * 1e6 / rows,
        (thread.getCurrentThreadAllocatedBytes() - allocated) / rows);
  }
}
