package io.milvus.cdc.examples.e2e.events;

import io.milvus.cdc.examples.e2e.bench.MirrorProcess;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The module {@code cdc-examples/flink} in a process of its own, with a class path of its own, and
 * what it prints.
 */
final class FlinkJob implements AutoCloseable {
  private static final Path MODULE = Path.of("flink", "target");
  private static final Pattern COUNT =
      Pattern.compile(
          "CollectionCount\\[collectionId=(\\d+), collection=(\\S+), rows=(\\d+), gone=(\\w+),");

  private final MirrorProcess process;

  private FlinkJob(MirrorProcess process) {
    this.process = process;
  }

  static FlinkJob start(String brokers, String topic, Path log) throws IOException {
    Path classpath = MODULE.resolve("classpath.txt");
    if (!Files.exists(classpath)) {
      throw new AssertionError("Build the module cdc-examples/flink, too: -pl cdc-examples/flink");
    }
    return new FlinkJob(
        MirrorProcess.start(
            List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx512m",
                "-XX:TieredStopAtLevel=1",
                "-cp",
                MODULE.resolve("classes") + ":" + Files.readString(classpath),
                "io.milvus.cdc.examples.flink.CollectionCounts",
                brokers,
                topic),
            log));
  }

  /** The rows of each collection that is there, by {@code database.collection}. */
  Map<String, Long> counts() {
    Map<String, Long> counts = new TreeMap<>();
    last().values().stream()
        .filter(count -> !Boolean.parseBoolean(count[1]))
        .forEach(count -> counts.put(count[0], Long.parseLong(count[2])));
    return counts;
  }

  /** The collections that were dropped. */
  Set<String> gone() {
    Set<String> gone = new TreeSet<>();
    last().values().stream()
        .filter(count -> Boolean.parseBoolean(count[1]))
        .forEach(count -> gone.add(count[0]));
    return gone;
  }

  /** By id: name, whether it is gone, rows. */
  private Map<String, String[]> last() {
    Map<String, String[]> last = new TreeMap<>();
    Matcher counts = COUNT.matcher(process.output());
    while (counts.find()) {
      last.put(counts.group(1), new String[] {counts.group(2), counts.group(4), counts.group(3)});
    }
    return last;
  }

  /** The end of what it has said. */
  String lastWords() {
    String output = process.output();
    return (process.alive() ? "" : "The job has ended. ")
        + output.substring(Math.max(0, output.length() - 2000));
  }

  @Override
  public void close() {
    process.close();
  }
}
