package io.milvus.cdc.internal.segments;

import io.milvus.cdc.catalog.CollectionSchema;
import io.milvus.cdc.event.Insert;
import io.milvus.cdc.sources.ExistingRows.Batch;
import io.milvus.cdc.sources.ExistingRows.Span;
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
    String[] numbers = run(source, SmallHeap.class).split(" ");
    return new Result(
        Long.parseLong(numbers[0]),
        Long.parseLong(numbers[1]),
        Long.parseLong(numbers[2]),
        Long.parseLong(numbers[3]));
  }

  /** Runs a program in the process, and returns what it prints. */
  static String run(StoredSource source, Class<?> program)
      throws IOException, InterruptedException {
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
                program.getName(),
                source.root.toString())
            .redirectErrorStream(true)
            .redirectOutput(output.toFile())
            .start();
    int code = process.waitFor();
    String words = Files.readString(output, StandardCharsets.UTF_8);
    if (code != 0) {
      throw new AssertionError("The process ended with %d: %s".formatted(code, words));
    }
    return words.strip();
  }

  /** Opens what {@link #run} was given, in the other process. */
  static StoredSource source(String root) throws IOException {
    StoredSource source = new StoredSource(Path.of(root));
    source.etcd.load(source.root.resolve(KEYS));
    source.schema = new CollectionSchema(Files.readString(source.root.resolve(SCHEMA)), 100, false);
    return source;
  }

  public static void main(String[] arguments) throws Exception {
    StoredSource source = source(arguments[0]);
    long rows = 0;
    long messages = 0;
    long bytes = 0;
    long largest = 0;
    try (StoredRows stored = source.open(source.root.resolve("spill"), ALLOWED);
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
