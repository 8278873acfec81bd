package io.milvus.cdc.examples.testbed.benchmark;

import io.milvus.cdc.examples.testbed.client.MilvusCollection;
import io.milvus.cdc.examples.testbed.stack.Part;
import java.time.Duration;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;

/** Measures the replication of a backlog that is completely in the source's queue at the start. */
final class CatchUp {
  private static final String DATABASE = "catch_up";

  /** Lets the source finish the work that follows from the inserts. */
  private static final Duration SETTLE = Duration.ofSeconds(15);

  private static final Duration REPORT = Duration.ofMillis(50);

  private static final double MILLION = 1e6;
  private static final double MEGABYTE = 1 << 20;

  private final Sides sides;
  private final Settings settings;
  private final Dataset dataset;
  private final Results results;

  CatchUp(Sides sides, Settings settings, Dataset dataset, Results results) {
    this.sides = sides;
    this.settings = settings;
    this.dataset = dataset;
    this.results = results;
  }

  /** Returns the number of rows on the target over time, from the moment when the task ran. */
  List<Curve.Point> measure() throws InterruptedException {
    sides.source().createDatabase(DATABASE);
    List<MilvusCollection> collections = dataset.create(sides.source(), DATABASE, settings);
    Curve backlog = new Flood(dataset, settings.writers()).into(collections, settings.rows());
    results.add("b", "the source accepts the backlog", backlog.rate(0), "rows/s");
    Thread.sleep(SETTLE.toMillis());
    Map<Part, ProcessHandle> others = others();
    Map<Part, Usage> before = usages(others);
    double machine = Usage.machineSeconds();
    try (SubjectProcess subject = sides.replicate(DATABASE, REPORT, settings.jvm())) {
      subject.awaitRunning();
      double running = subject.rows().seconds();
      long rows = (long) backlog.last().y();
      subject.awaitRows(rows / 2);
      Usage half = Usage.of(subject.handle());
      subject.awaitRows(rows);
      Usage used = Usage.of(subject.handle());
      tellSpeed(subject, running);
      tellCost(subject, used);
      tellSecondHalf(subject, rows / 2.0, used.cpuSeconds() - half.cpuSeconds());
      double all = Usage.machineSeconds() - machine;
      double known = tellOthers(before, usages(others)) + used.cpuSeconds();
      results.add("c", Limit.OTHERS, all - known, "s");
      sides.drop(DATABASE, subject);
      return subject.rows().points(running);
    }
  }

  private void tellSpeed(SubjectProcess subject, double running) {
    double rate = subject.rows().rate(running);
    double seconds = subject.rows().last().x() - running;
    results.add("b", "process start to task running", running, "s");
    results.add("b", "catch-up through CDC", rate, "rows/s");
    results.add("b", "catch-up through CDC", subject.most("bytes") / MEGABYTE / seconds, "MB/s");
    results
        .find("a", Limit.RATE)
        .ifPresent(limit -> results.add("c", "ratio of catch-up and limit", rate / limit, ""));
  }

  private void tellCost(SubjectProcess subject, Usage used) {
    double rows = subject.rows().last().y();
    results.add(
        "c",
        "CPU of CDC for a million rows, its start too",
        used.cpuSeconds() / rows * MILLION,
        "s");
    results.add("c", "memory of CDC at most, resident", used.peakMegabytes(), "MB");
    results.add("c", "heap of CDC at most, garbage too", subject.most("heap") / MEGABYTE, "MB");
    results.add("c", "heap of CDC at most, in use", subject.most("live") / MEGABYTE, "MB");
  }

  /**
   * Reports the second half. By then the JVM has compiled the hot code, as in a process that has
   * run for a while.
   */
  private void tellSecondHalf(SubjectProcess subject, double rows, double cpuSeconds) {
    results.add("c", "catch-up in its second half", subject.rows().secondHalfRate(), "rows/s");
    results.add(
        "c", "CPU of CDC for a million rows in the second half", cpuSeconds / rows * MILLION, "s");
  }

  private double tellOthers(Map<Part, Usage> before, Map<Part, Usage> after) {
    double all = 0;
    for (Part part : Part.values()) {
      double cpu = get(after, part).cpuSeconds() - get(before, part).cpuSeconds();
      results.add("c", "CPU of the %s meanwhile".formatted(name(part)), cpu, "s");
      all += cpu;
    }
    double memory = get(before, Part.TARGET).residentMegabytes();
    results.add("c", "target's memory before", memory, "MB");
    results.add("c", "target's memory at most", get(after, Part.TARGET).peakMegabytes(), "MB");
    return all;
  }

  private static Usage get(Map<Part, Usage> usages, Part part) {
    return Objects.requireNonNull(usages.get(part), part::name);
  }

  private static String name(Part part) {
    return part.name().toLowerCase(Locale.ROOT);
  }

  /**
   * Returns the processes of the stack. They are found once, because the search costs as much as
   * some of the measured work.
   */
  private Map<Part, ProcessHandle> others() {
    Map<Part, ProcessHandle> others = new EnumMap<>(Part.class);
    for (Part part : Part.values()) {
      others.put(part, sides.stack().process(part));
    }
    return others;
  }

  private static Map<Part, Usage> usages(Map<Part, ProcessHandle> processes) {
    Map<Part, Usage> usages = new EnumMap<>(Part.class);
    processes.forEach((part, process) -> usages.put(part, Usage.of(process)));
    return usages;
  }
}
