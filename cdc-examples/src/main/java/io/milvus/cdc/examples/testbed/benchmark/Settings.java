package io.milvus.cdc.examples.testbed.benchmark;

import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/**
 * Reads the settings of the benchmark from system properties that begin with {@code benchmark.}.
 *
 * @param parts letters, see {@link Benchmark}
 * @param rows the rows of the backlog
 * @param batch the rows of one insert
 * @param writers the number of concurrent inserts
 * @param samples the number of single rows whose latency is measured
 * @param load the rows a second beside them
 * @param active the collections across which the backlog is spread, batch by batch
 * @param collections the numbers of idle collections, one measurement each
 * @param queue {@code pulsar} or {@code kafka}
 * @param jvm more options for the process that replicates. The default selects a suitable
 *     collector: for G1 in a small heap, a message of a megabyte is humongous, and costs as much as
 *     all other work
 * @param apart whether the target has a core of its own, see {@link Cores}
 * @param keep whether the stack stays up
 */
record Settings(
    List<String> parts,
    long rows,
    int dimension,
    int shards,
    int batch,
    int writers,
    int samples,
    int load,
    int active,
    List<Integer> collections,
    String queue,
    List<String> jvm,
    Path output,
    boolean apart,
    boolean keep) {
  /**
   * The size of a batch that Milvus's clients usually send. The source creates a message from it
   * for each shard.
   */
  private static final int BATCH_BYTES = 2_500_000;

  static Settings ofProperties() {
    int dimension = number("dim", 128);
    return new Settings(
        words("parts", "a,b,c,d"),
        number("rows", 300_000),
        dimension,
        number("shards", 2),
        number("batch", Math.max(1, BATCH_BYTES / (dimension * Float.BYTES))),
        number("writers", 4),
        number("samples", 150),
        number("load", 5_000),
        number("active", 1),
        words("collections", "1,100").stream().map(Integer::valueOf).toList(),
        text("queue", "pulsar"),
        Stream.of(text("jvm", "-XX:+UseSerialGC").split(" "))
            .filter(word -> !word.isEmpty())
            .toList(),
        Path.of(text("output", "target/benchmark")).toAbsolutePath(),
        Boolean.parseBoolean(text("apart", "false")),
        Boolean.parseBoolean(text("keep", "false")));
  }

  boolean asks(String... anyOf) {
    return Stream.of(anyOf).anyMatch(parts::contains);
  }

  private static int number(String name, int usual) {
    return Integer.parseInt(text(name, Integer.toString(usual)));
  }

  private static List<String> words(String name, String usual) {
    return Stream.of(text(name, usual).split(",")).map(String::strip).toList();
  }

  private static String text(String name, String usual) {
    String given = System.getProperty("benchmark." + name, "");
    return given.isEmpty() ? usual : given;
  }
}
