package io.milvus.cdc.examples.testbed.benchmark;

import io.milvus.cdc.examples.testbed.stack.Part;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/**
 * Measures collections without writers: the cost of starting with them, and of replicating them
 * while they are idle.
 */
final class ManyCollections {
  private static final Duration NEAR = Duration.ofSeconds(1);
  private static final Duration SETTLE = Duration.ofSeconds(10);

  /**
   * A new JVM is busy for this long with the compilation of its code, which would distort the
   * measurement.
   */
  private static final Duration WARM_UP = Duration.ofMinutes(3);

  private static final Duration WINDOW = Duration.ofSeconds(30);

  /** Rare enough that its cost is negligible beside the measured work. */
  private static final Duration REPORT = Duration.ofMillis(250);

  private static final double PERCENT = 100;

  private final Sides sides;
  private final Settings settings;
  private final Results results;

  ManyCollections(Sides sides, Settings settings, Results results) {
    this.sides = sides;
    this.settings = settings;
    this.results = results;
  }

  void measure(int collections) throws InterruptedException {
    String database = "idle_" + collections;
    Dataset dataset = Dataset.of(settings.dimension(), 1);
    sides.source().createDatabase(database);
    long began = System.nanoTime();
    for (int i = 0; i < collections; i++) {
      dataset.create(sides.source(), database, "c" + i, 1);
    }
    results.add(
        "f",
        "a client alone creates %d collections on the source".formatted(collections),
        (System.nanoTime() - began) / 1e9,
        "s");
    start(database, collections);
    try (SubjectProcess subject = resume(database, collections)) {
      if (settings.asks("e")) {
        rest(subject, collections);
      }
      sides.drop(database, subject);
    }
  }

  private void start(String database, int collections) throws InterruptedException {
    try (SubjectProcess subject = sides.replicate(database, REPORT, settings.jvm())) {
      subject.await("start", () -> sides.target().databases().contains(database));
      subject.await("start", () -> sides.target().collections(database).size() == collections);
      subject.awaitNear(NEAR);
      results.add(
          "f", "start of %d collections".formatted(collections), subject.rows().seconds(), "s");
      Thread.sleep(SETTLE.toMillis());
      subject.kill();
    }
    // The next step must have something to catch up with.
    Thread.sleep(2 * NEAR.toMillis());
    if (settings.asks("e")) {
      Thread.sleep(SETTLE.toMillis());
      tell(percentsIn(WINDOW, parts()), "without CDC", collections);
    }
  }

  private SubjectProcess resume(String database, int collections) throws InterruptedException {
    SubjectProcess subject = sides.replicate(database, REPORT, settings.jvm());
    subject.awaitNear(NEAR);
    results.add(
        "f",
        "resumption of %d collections after a crash".formatted(collections),
        subject.rows().seconds(),
        "s");
    return subject;
  }

  private void rest(SubjectProcess subject, int collections) throws InterruptedException {
    Thread.sleep(WARM_UP.toMillis());
    Map<String, ProcessHandle> processes = parts();
    processes.put("CDC", subject.handle());
    long calls = subject.most("calls");
    Map<String, Double> percents = percentsIn(WINDOW, processes);
    results.add(
        "e",
        "calls of the target at rest with %d collections".formatted(collections),
        (subject.most("calls") - calls) / (WINDOW.toMillis() / 1e3),
        "calls/s");
    tell(percents, "at rest", collections);
  }

  /** Returns the processes that CDC uses even if there are no writes. */
  private Map<String, ProcessHandle> parts() {
    Map<String, ProcessHandle> parts = new TreeMap<>();
    for (Part part : List.of(Part.ETCD, Part.QUEUE, Part.TARGET)) {
      parts.put(part.name().toLowerCase(Locale.ROOT), sides.stack().process(part));
    }
    return parts;
  }

  /** Returns the share of one core that each process uses. */
  private static Map<String, Double> percentsIn(
      Duration window, Map<String, ProcessHandle> processes) throws InterruptedException {
    Map<String, Double> before = new TreeMap<>();
    processes.forEach((name, process) -> before.put(name, Usage.of(process).cpuSeconds()));
    Thread.sleep(window.toMillis());
    Map<String, Double> percents = new TreeMap<>();
    processes.forEach(
        (name, process) ->
            percents.put(
                name,
                PERCENT
                    * (Usage.of(process).cpuSeconds() - before.getOrDefault(name, 0.0))
                    / (window.toMillis() / 1e3)));
    return percents;
  }

  private void tell(Map<String, Double> percents, String when, int collections) {
    percents.forEach(
        (name, percent) ->
            results.add(
                "e",
                "CPU of %s %s with %d collections".formatted(name, when, collections),
                percent,
                "%"));
  }
}
