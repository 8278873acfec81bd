package io.milvus.cdc.examples.testbed.benchmark;

import io.milvus.cdc.examples.testbed.client.MilvusCollection;
import io.milvus.cdc.examples.testbed.stack.Addresses;
import java.time.Duration;
import java.util.Map;

/**
 * Measures a copy of rows that the source has stored: reading alone, the copy to a standby, and
 * whether the source's queries notice it.
 */
final class ExistingCopies {
  private static final String DATABASE = "existing";
  private static final String PROBES = "probes";
  private static final Duration REPORT = Duration.ofMillis(50);
  private static final Duration PATIENCE = Duration.ofMinutes(2);

  /** Lets the source finish the work that follows from the inserts. */
  private static final Duration SETTLE = Duration.ofSeconds(15);

  private static final double MILLION = 1e6;

  private final Sides sides;
  private final Settings settings;
  private final Dataset dataset;
  private final Results results;

  ExistingCopies(Sides sides, Settings settings, Dataset dataset, Results results) {
    this.sides = sides;
    this.settings = settings;
    this.dataset = dataset;
    this.results = results;
  }

  void measure() throws InterruptedException {
    sides.source().createDatabase(DATABASE);
    new Flood(dataset, settings.writers())
        .into(dataset.create(sides.source(), DATABASE, settings), settings.rows());
    Thread.sleep(SETTLE.toMillis());
    new ReadingAlone(sides.stack().addresses(), DATABASE, settings).measure(results);
    MilvusCollection probed = probed();
    Distribution before;
    try (QueryProbe probe = QueryProbe.begin(probed)) {
      Thread.sleep(SETTLE.toMillis());
      before = probe.end();
    }
    Distribution meanwhile = copy(probed);
    tell("the source's queries without a copy", before);
    tell("the source's queries during the copy", meanwhile);
    results.add("j", "ratio of both, p50", meanwhile.quantile(0.5) / before.quantile(0.5), "");
    sides.source().dropDatabaseWithCollections(PROBES);
  }

  /** Creates a collection on the source that is no part of the copy, and is queried. */
  private MilvusCollection probed() throws InterruptedException {
    sides.source().createDatabase(PROBES);
    MilvusCollection probed = dataset.create(sides.source(), PROBES, "probe", 1);
    probed.insert(dataset.columns(0));
    probed.serving().createFlatIndex(Dataset.VECTOR, false);
    probed.serving().load(PATIENCE);
    return probed;
  }

  /** Copies all rows, and returns how long the source's queries took meanwhile. */
  private Distribution copy(MilvusCollection probed) throws InterruptedException {
    Addresses.Instance source = sides.stack().addresses().source();
    Map<String, String> mirror =
        Map.of(
            "task", DATABASE,
            "target", sides.stack().addresses().target().uri(),
            "storage", source.storage().toString(),
            "api", source.uri());
    try (SubjectProcess subject = sides.replicate(DATABASE, REPORT, settings.jvm(), mirror)) {
      subject.awaitCopy("COPYING");
      double begun = subject.rows().seconds();
      Distribution meanwhile;
      try (QueryProbe probe = QueryProbe.begin(probed)) {
        subject.awaitRows(settings.rows());
        meanwhile = probe.end();
      }
      double cpu = Usage.of(subject.handle()).cpuSeconds();
      Curve rows = subject.rows();
      results.add("j", "process start to the first rows", begun, "s");
      results.add("j", "copy of existing rows", rows.rate(begun), "rows/s");
      results.add("j", "the same in its second half", rows.secondHalfRate(), "rows/s");
      results.add(
          "j",
          "CPU of CDC for a million rows, its start too",
          cpu / settings.rows() * MILLION,
          "s");
      results.add(
          "j", "memory of CDC at most, resident", Usage.of(subject.handle()).peakMegabytes(), "MB");
      results
          .find("a", Limit.RATE)
          .ifPresent(
              limit ->
                  results.add("j", "ratio of the copy and limit", rows.rate(begun) / limit, ""));
      sides.drop(DATABASE, subject);
      return meanwhile;
    }
  }

  private void tell(String what, Distribution distribution) {
    results.add("j", what + ", p50", distribution.quantile(0.5), "ms");
    results.add("j", what + ", p99", distribution.quantile(0.99), "ms");
  }
}
