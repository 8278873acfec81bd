package io.milvus.cdc.internal.segments;

import io.milvus.cdc.catalog.CollectionSchema;
import io.milvus.cdc.event.Insert;
import io.milvus.cdc.sources.ExistingRows.Batch;
import io.milvus.cdc.sources.ExistingRows.Span;
import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** Reads all rows of a {@link StoredSource} in a process of its own, which has little memory. */
final class SmallHeap {
  private static final String KEYS = "keys";
  private static final String SCHEMA = "schema";

  /** What an engine lets a copy use: half of a quarter of the heap. */
  private static final long ALLOWED = 32 << 20;

  private SmallHeap() {}

  /**
   * What the process has read.
   *
   * @param largest the most bytes of one batch
   */
  record Result(long rows, long messages, long bytes, long largest) {}

  static Result read(StoredSource source) throws IOException, InterruptedException {
    source.store();
    source.etcd.save(source.root.resolve(KEYS));
    Files.writeString(source.root.resolve(SCHEMA), source.schema.encoded());
    Path output = source.root.resolve("output");
    Process process =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx256m",
                "-XX:+ExitOnOutOfMemoryError",
                "-cp",
                System.getProperty("java.class.path"),
                SmallHeap.class.getName(),
                source.root.toString())
            .redirectErrorStream(true)
            .redirectOutput(output.toFile())
            .start();
    int code = process.waitFor();
    String words = Files.readString(output, StandardCharsets.UTF_8);
    if (code != 0) {
      throw new AssertionError("The process ended with %d: %s".formatted(code, words));
    }
    String[] numbers = words.strip().split(" ");
    return new Result(
        Long.parseLong(numbers[0]),
        Long.parseLong(numbers[1]),
        Long.parseLong(numbers[2]),
        Long.parseLong(numbers[3]));
  }

  public static void main(String[] arguments) throws Exception {
    Path root = Path.of(arguments[0]);
    StoredSource source = new StoredSource(root);
    source.etcd.load(root.resolve(KEYS));
    source.schema = new CollectionSchema(Files.readString(root.resolve(SCHEMA)), 100, false);
    long rows = 0;
    long messages = 0;
    long bytes = 0;
    long largest = 0;
    try (StoredRows stored = source.open(new File(root.toFile(), "spill").toPath(), ALLOWED);
        var reading = stored.read(new Span(0, 1L << 60, 1L << 60), List.of(source.collection()))) {
      for (Batch batch = reading.next(); batch != null; batch = reading.next()) {
        long before = bytes;
        for (Insert insert : batch.rows()) {
          rows += insert.header().rows();
          messages++;
          bytes += insert.payload().bytes().length;
        }
        largest = Math.max(largest, bytes - before);
      }
    }
    System.out.println(rows + " " + messages + " " + bytes + " " + largest);
  }
}
