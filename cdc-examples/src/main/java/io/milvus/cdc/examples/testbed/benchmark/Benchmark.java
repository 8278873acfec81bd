package io.milvus.cdc.examples.testbed.benchmark;

import io.milvus.cdc.examples.testbed.stack.LocalStack;
import io.milvus.cdc.examples.testbed.stack.Part;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.util.List;

/**
 * Starts a stack of its own and runs measurements on it, in parts:
 *
 * <ul>
 *   <li>a: the limit, plain inserts
 *   <li>b, c: catch-up with a backlog of as many rows, and its cost
 *   <li>d: the latency of single rows, with and without other load, and of new collections
 *   <li>e, f: idle collections, while idle and at the start
 *   <li>g, h, i: catch-up by client writes, as events of a Kafka and of a Pulsar, each compared
 *       with a plain client of the same target
 *   <li>j: existing rows: reading alone, the copy compared with the limit, and whether the source's
 *       queries notice it
 * </ul>
 *
 * Prints a table, and writes it as CSV with pictures to {@code target/benchmark}. It asserts
 * nothing, because numbers depend on the machine and its other load.
 */
public final class Benchmark {
  private static final String NAME = "benchmark";
  private static final double BUSY = 1.5;

  private final Settings settings;
  private final Results results = new Results();
  private final Dataset dataset;

  private Benchmark(Settings settings) {
    this.settings = settings;
    this.dataset = Dataset.of(settings.dimension(), settings.batch());
  }

  public static void main(String[] arguments) throws Exception {
    new Benchmark(Settings.ofProperties()).run();
    System.out.flush();
    System.exit(0);
  }

  private void run() throws InterruptedException, IOException {
    Files.createDirectories(settings.output());
    System.out.printf("%n== %s%n", settings);
    double load = ManagementFactory.getOperatingSystemMXBean().getSystemLoadAverage();
    if (load > BUSY) {
      System.out.printf("   The machine is busy (load %.1f): the numbers will be worse.%n", load);
    }
    if (settings.apart()) {
      Cores.leaveTheFirst();
    }
    Plot rows = new Plot("Rows on the target, by seconds");
    List<Curve.Point> limit = settings.asks("a") ? limit() : List.of();
    if (settings.asks("b", "c", "d", "e", "f", "g", "h", "i", "j")) {
      withBothSides(rows);
    }
    if (!limit.isEmpty()) {
      rows.add("limit", limit);
    }
    if (settings.asks("a", "b", "c")) {
      rows.write(settings.output().resolve("rows.svg"));
    }
    results.writeCsv(settings.output().resolve("results.csv"));
    System.out.printf("%n%s%nAlso in %s%n", results.table(), settings.output());
  }

  private List<Curve.Point> limit() throws InterruptedException {
    headline("Plain inserts, nothing else running");
    return Limit.measure(settings, dataset, results).points(0);
  }

  private void withBothSides(Plot rows) throws InterruptedException, IOException {
    headline("Bringing up etcd, %s, a source and a target".formatted(settings.queue()));
    LocalStack stack = LocalStack.upNamed(NAME, settings.queue(), line -> {});
    try (Sides sides = new Sides(stack, settings)) {
      if (settings.apart()) {
        Cores.giveTheFirst(stack.process(Part.TARGET));
      }
      if (settings.asks("b", "c")) {
        headline("Catching up with a backlog");
        rows.add("CDC", new CatchUp(sides, settings, dataset, results).measure());
      }
      if (settings.asks("d")) {
        headline("Single rows");
        Plot latency = new Plot("Rows that are visible (%), by milliseconds after the insert");
        new Latency(sides, settings, results, latency).measure();
        latency.write(settings.output().resolve("latency.svg"));
      }
      if (settings.asks("e", "f")) {
        headline("Idle collections");
        for (int collections : settings.collections()) {
          new ManyCollections(sides, settings, results).measure(collections);
        }
      }
      if (settings.asks("g", "h", "i")) {
        headline("Catching up with other kinds of targets");
        new OtherTargets(sides, settings, dataset, results).measure();
      }
      if (settings.asks("j")) {
        headline("Existing rows");
        new ExistingCopies(sides, settings, dataset, results).measure();
      }
    } finally {
      if (!settings.keep()) {
        stack.wipe();
      }
    }
  }

  private static void headline(String text) {
    System.out.printf("%n== %s%n", text);
  }
}
