package io.milvus.cdc.internal.segments;

import io.milvus.cdc.endpoint.DirectoryEndpoint;
import io.milvus.cdc.internal.binlog.WrittenFiles;
import io.milvus.cdc.internal.storage.ObjectStorage;
import io.milvus.cdc.internal.wire.MessageWriter;
import io.milvus.cdc.internal.wire.WrittenField;
import io.milvus.cdc.sources.ExistingRows.Batch;
import io.milvus.cdc.sources.ExistingRows.Span;
import java.lang.management.ManagementFactory;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import java.util.stream.LongStream;

/**
 * Measures the speed of reading all rows of a source. Arguments: segments at the same time, parts
 * of each, rows of a part, the allowance in MiB, and whether the storage is distant. Not a test.
 */
final class StoredSpeed {
  private static final int DIMENSION = 128;
  private static final int ROUNDS = 3;

  private StoredSpeed() {}

  public static void main(String[] arguments) throws Exception {
    int segments = Integer.parseInt(arguments[0]);
    int parts = Integer.parseInt(arguments[1]);
    int rows = Integer.parseInt(arguments[2]);
    long memory = Long.parseLong(arguments[3]) << 20;
    boolean distant = Boolean.parseBoolean(arguments[4]);
    Path root = Files.createTempDirectory("stored");
    StoredSource source = new StoredSource(root);
    source.schema =
        MessageWriter.schema(
            "docs",
            List.of(
                new WrittenField("id", "Int64", "", 0, true),
                new WrittenField("vector", "FloatVector", "", DIMENSION, false)));
    for (int part = 0; part < parts; part++) {
      for (int segment = 1; segment <= segments; segment++) {
        write(source, segment, (long) part * rows * segments, rows, segments);
      }
    }
    source.store();
    ObjectStorage local = ObjectStorage.open(new DirectoryEndpoint(root));
    ObjectStorage storage = distant ? new StoredSource.Distant(local) : local;
    StoredParts lister =
        new StoredParts(source.etcd, MapKeys.META, storage, Duration.ofMillis(500));
    for (int round = 0; round < ROUNDS; round++) {
      measure(source, new StoredRows("by-dev", lister, memory, root.resolve("spill")));
    }
    try (var files = Files.walk(root)) {
      files.sorted(Comparator.reverseOrder()).forEach(file -> file.toFile().delete());
    }
  }

  /** Writes a part whose rows have every n-th timestamp. */
  private static void write(StoredSource source, int segment, long from, int rows, int every)
      throws Exception {
    List<Long> times =
        LongStream.range(0, rows).map(i -> from + i * every + segment).boxed().toList();
    SplittableRandom random = new SplittableRandom(from + segment);
    List<byte[]> vectors = IntStream.range(0, rows).mapToObj(row -> vector(random)).toList();
    long to = times.get(rows - 1);
    for (long field : new long[] {0, 1, 100}) {
      source.file(
          segment, field, rows, times.get(0), to, WrittenFiles.usual(segment, field, times));
    }
    source.file(segment, 101, rows, times.get(0), to, WrittenFiles.usual(segment, 101, vectors));
  }

  private static byte[] vector(SplittableRandom random) {
    ByteBuffer bytes = ByteBuffer.allocate(4 * DIMENSION).order(ByteOrder.LITTLE_ENDIAN);
    while (bytes.hasRemaining()) {
      bytes.putFloat((float) random.nextDouble());
    }
    return bytes.array();
  }

  private static void measure(StoredSource source, StoredRows stored) throws Exception {
    var thread = (com.sun.management.ThreadMXBean) ManagementFactory.getThreadMXBean();
    long cpu = thread.getCurrentThreadCpuTime();
    long start = System.nanoTime();
    long rows = 0;
    int batches = 0;
    long largest = 0;
    try (var reading = stored.read(new Span(0, 1L << 60, 1L << 60), List.of(source.collection()))) {
      for (Batch batch = reading.next(); batch != null; batch = reading.next()) {
        long bytes = 0;
        for (var insert : batch.rows()) {
          rows += insert.header().rows();
          bytes += insert.payload().bytes().length;
        }
        batches++;
        largest = Math.max(largest, bytes);
      }
    }
    double seconds = (thread.getCurrentThreadCpuTime() - cpu) / 1e9;
    double megabytes = rows * 4.0 * DIMENSION / 1e6;
    System.out.printf(
        "%d rows in %d batches of at most %d MiB: %.0f MB/s of vectors in CPU time, %.2f s of CPU a"
            + " million rows, %.0f MB/s%n",
        rows,
        batches,
        largest >> 20,
        megabytes / seconds,
        seconds / rows * 1e6,
        megabytes / ((System.nanoTime() - start) / 1e9));
  }
}
