package io.milvus.cdc.examples.testbed.benchmark;

import io.milvus.cdc.examples.testbed.client.MilvusClient;
import io.milvus.cdc.examples.testbed.stack.LocalStack;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/**
 * Measures one backlog through CDC to targets that are no replicas, one after the other. A plain
 * client also writes to each, in the same run and with the same rows or bytes.
 */
final class OtherTargets {
  private static final String DATABASE = "elsewhere";

  /** Lets the source, or a target, finish the work that follows from the writes. */
  private static final Duration SETTLE = Duration.ofSeconds(15);

  private static final Duration REPORT = Duration.ofMillis(50);
  private static final int WARM_BATCHES = 10;

  /** Enough of the events that CDC wrote, which are written repeatedly. */
  private static final int SAMPLES = 10_000;

  private static final String TOPIC = "changes";
  private static final double MILLION = 1e6;
  private static final double MEGABYTE = 1 << 20;

  /**
   * Holds the rates in rows per second, from the moment when the task ran. The rate of the second
   * half excludes the compilation by the JVM.
   */
  private record CaughtUp(double rate, double secondHalf) {}

  private final Sides sides;
  private final Settings settings;
  private final Dataset dataset;
  private final Results results;

  OtherTargets(Sides sides, Settings settings, Dataset dataset, Results results) {
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
    if (settings.asks("g")) {
      byRequests();
    }
    if (settings.asks("h")) {
      asEventsOfKafka();
    }
    if (settings.asks("i")) {
      asEventsOfPulsar();
    }
  }

  private void byRequests() throws InterruptedException {
    LocalStack target = LocalStack.upWritableTarget(line -> {});
    String address = target.addresses().target().uri();
    try (MilvusClient milvus = MilvusClient.connect(address)) {
      Flood flood = Flood.ofUpserts(dataset, settings.writers());
      flood.into(
          List.of(dataset.create(milvus, "default", "warm", settings.shards())),
          (long) WARM_BATCHES * dataset.batch());
      Curve plain = flood.into(dataset.create(milvus, "default", settings), settings.rows());
      results.add("g", "plain upserts into an ordinary target", plain.rate(0), "rows/s");
      Thread.sleep(SETTLE.toMillis());
      CaughtUp caughtUp =
          catchUp("g", Map.of("task", "requests", "target", address, "ordinary", "true"));
      tellRatios("g", caughtUp, plain.rate(0));
    } finally {
      target.wipe();
    }
  }

  private void asEventsOfKafka() throws InterruptedException {
    LocalStack kafka = LocalStack.upKafkaAlone(line -> {});
    String address = kafka.addresses().kafka();
    try (PlainKafka plain = new PlainKafka(address)) {
      asEvents("h", address, plain);
    } finally {
      kafka.wipe();
    }
  }

  private void asEventsOfPulsar() throws InterruptedException {
    String address = sides.stack().addresses().pulsar();
    if (address.isEmpty()) {
      throw new IllegalStateException("Part i needs the usual queue: -Dbenchmark.queue=pulsar.");
    }
    try (PlainPulsar plain = new PlainPulsar(address)) {
      asEvents("i", address, plain);
    }
  }

  /** Writes the plain events last, because they are copies of the events that CDC wrote. */
  private <E> void asEvents(String part, String address, PlainEvents<E> plain)
      throws InterruptedException {
    CaughtUp caughtUp =
        catchUp(part, Map.of("task", "events-" + part, "target", address, "topic", TOPIC));
    List<E> events = plain.read(TOPIC, SAMPLES);
    double size = events.stream().mapToInt(plain::size).average().orElseThrow();
    results.add(part, "an event's size", size, "bytes");
    plain.write("warm", events, SAMPLES);
    double rate = plain.write("plain", events, settings.rows());
    results.add(part, "plain events, the same bytes", rate, "rows/s");
    tellRatios(part, caughtUp, rate);
  }

  private CaughtUp catchUp(String part, Map<String, String> target) throws InterruptedException {
    try (SubjectProcess subject = sides.replicate(DATABASE, REPORT, settings.jvm(), target)) {
      subject.awaitRunning();
      double running = subject.rows().seconds();
      subject.awaitRows(settings.rows());
      double cpu = Usage.of(subject.handle()).cpuSeconds();
      Curve rows = subject.rows();
      CaughtUp caughtUp = new CaughtUp(rows.rate(running), rows.secondHalfRate());
      results.add(part, "catch-up through CDC", caughtUp.rate(), "rows/s");
      results.add(
          part,
          "CPU of CDC for a million rows, its start too",
          cpu / settings.rows() * MILLION,
          "s");
      results.add(part, "heap of CDC at most, garbage too", subject.most("heap") / MEGABYTE, "MB");
      return caughtUp;
    }
  }

  private void tellRatios(String part, CaughtUp caughtUp, double plain) {
    results.add(part, "ratio of catch-up and plain", caughtUp.rate() / plain, "");
    results.add(part, "the same in its second half", caughtUp.secondHalf() / plain, "");
  }
}
