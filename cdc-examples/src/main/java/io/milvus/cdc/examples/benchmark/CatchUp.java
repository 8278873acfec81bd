package io.milvus.cdc.examples.benchmark;

import io.milvus.cdc.examples.client.MilvusCollection;
import io.milvus.cdc.examples.stack.Part;
import java.time.Duration;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** A backlog through CDC, begun when all of it is in the source's queue. */
final class CatchUp {
  private static final String DATABASE = "catch_up";

  /** So that the source has done what follows from the inserts. */
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

  /** Returns how many rows the target had, from when the task ran. */
  List<Curve.Point> measure() throws InterruptedException {
    sides.source().createDatabase(DATABASE);
    MilvusCollection collection =
        dataset.create(sides.source(), DATABASE, "rows", settings.shards());
    Curve backlog = new Flood(dataset, settings.writers()).into(collection, settings.rows());
    results.add("b", "the source takes the backlog", backlog.rate(0), "rows/s");
    Thread.sleep(SETTLE.toMillis());
    Map<Part, Usage> before = usages();
    try (SubjectProcess subject = sides.replicate(DATABASE, REPORT, settings.jvm())) {
      subject.awaitRunning();
      double running = subject.rows().seconds();
      long rows = (long) backlog.last().y();
      subject.awaitRows(rows / 2);
      Usage half = Usage.of(subject.handle());
      Curve.Point middle = subject.rows().last();
      subject.awaitRows(rows);
      Usage used = Usage.of(subject.handle());
      tellSpeed(subject, running);
      tellCost(subject, used);
      tellSecondHalf(middle, subject.rows().last(), used.cpuSeconds() - half.cpuSeconds());
      tellOthers(before);
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

  /** When the JVM has compiled what is hot, as in a process that has run for a while. */
  private void tellSecondHalf(Curve.Point from, Curve.Point to, double cpuSeconds) {
    double rows = to.y() - from.y();
    results.add("c", "catch-up in its second half", rows / (to.x() - from.x()), "rows/s");
    results.add(
        "c", "CPU of CDC for a million rows in the second half", cpuSeconds / rows * MILLION, "s");
  }

  private void tellOthers(Map<Part, Usage> before) {
    before.forEach(
        (part, usage) -> {
          Usage after = Usage.of(sides.stack().process(part));
          String name = part.name().toLowerCase(Locale.ROOT);
          double cpu = after.cpuSeconds() - usage.cpuSeconds();
          results.add("c", "CPU of the %s meanwhile".formatted(name), cpu, "s");
          if (part == Part.TARGET) {
            results.add("c", "target's memory before", usage.residentMegabytes(), "MB");
            results.add("c", "target's memory at most", after.peakMegabytes(), "MB");
          }
        });
  }

  private Map<Part, Usage> usages() {
    Map<Part, Usage> usages = new EnumMap<>(Part.class);
    for (Part part : Part.values()) {
      usages.put(part, Usage.of(sides.stack().process(part)));
    }
    return usages;
  }
}
