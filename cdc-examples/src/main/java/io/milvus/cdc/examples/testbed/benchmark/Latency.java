package io.milvus.cdc.examples.testbed.benchmark;

import io.milvus.cdc.examples.testbed.client.MilvusCollection;
import io.milvus.cdc.internal.client.ReadAt;
import io.milvus.grpc.DescribeCollectionResponse;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;

/**
 * Measures the time from the answer to an insert of one row on the source until a read of the
 * target returns it. Also measures the source's own floor: the time until the first tick that
 * covers the row is in the source's queue.
 */
final class Latency {
  private static final String DATABASE = "latency";
  private static final Duration PATIENCE = Duration.ofMinutes(2);
  private static final Duration NEAR = Duration.ofSeconds(1);
  private static final Duration REPORT = Duration.ofMillis(200);
  private static final int POLL_MILLIS = 2;

  /** Longer than the time between two ticks, so that rows arrive at random moments between them. */
  private static final int MOST_PAUSE_MILLIS = 400;

  private static final int LOADS_A_SECOND = 10;

  private final Sides sides;
  private final Settings settings;
  private final Results results;
  private final Plot plot;
  private final Dataset single;
  private long rows;

  Latency(Sides sides, Settings settings, Results results, Plot plot) {
    this.sides = sides;
    this.settings = settings;
    this.results = results;
    this.plot = plot;
    this.single = Dataset.of(settings.dimension(), 1);
  }

  void measure() throws InterruptedException {
    sides.source().createDatabase(DATABASE);
    MilvusCollection source = single.create(sides.source(), DATABASE, "probe", 1);
    Dataset batches = Dataset.of(settings.dimension(), settings.load() / LOADS_A_SECOND);
    MilvusCollection other = batches.create(sides.source(), DATABASE, "load", settings.shards());
    try (SubjectProcess subject = sides.replicate(DATABASE, REPORT, List.of())) {
      subject.await("create", () -> sides.target().databases().contains(DATABASE));
      subject.await("create", () -> sides.target().collections(DATABASE).size() == 2);
      // Created on the source, because the task replicates indexes and load state to the target.
      source.serving().createFlatIndex(Dataset.VECTOR, false);
      source.serving().load(PATIENCE);
      MilvusCollection target = sides.target().collection(DATABASE, "probe");
      target.serving().awaitLoaded(PATIENCE);
      subject.awaitNear(NEAR);
      probe("idle", source, target);
      try (Load load = Load.begin(other, batches, settings.load())) {
        Thread.sleep(NEAR.toMillis());
        probe("under load", source, target);
        results.add("d", "load, as it was", load.rate(), "rows/s");
      }
      subject.awaitNear(NEAR);
      new CatalogLatency(sides, single, DATABASE)
          .measure(settings.samples())
          .tell(results, "a new collection: listed by the target");
      sides.drop(DATABASE, subject);
    }
  }

  private void probe(String how, MilvusCollection source, MilvusCollection target)
      throws InterruptedException {
    DescribeCollectionResponse told = source.describe();
    double[] floor = new double[settings.samples()];
    double[] seen = new double[settings.samples()];
    double[] above = new double[settings.samples()];
    try (TickWatch ticks =
        TickWatch.begin(
            sides.stack().addresses(), told.getPhysicalChannelNames(0), told.getCollectionID())) {
      for (int i = 0; i < seen.length; i++) {
        Thread.sleep(ThreadLocalRandom.current().nextInt(MOST_PAUSE_MILLIS));
        source.insert(single.columns(rows++));
        long returned = System.nanoTime();
        seen[i] = (awaitVisible(target) - returned) / 1e6;
        floor[i] = (covered(ticks, i) - returned) / 1e6;
        above[i] = seen[i] - floor[i];
      }
    }
    tell(how + ": the source's floor", floor);
    tell(how + ": visible on the target", seen);
    new Distribution(above).tell(results, how + ": visible after the floor");
  }

  private void tell(String what, double[] millis) {
    Distribution distribution = new Distribution(millis);
    distribution.tell(results, what);
    plot.add(what, distribution.cumulated());
  }

  private long awaitVisible(MilvusCollection target) throws InterruptedException {
    while (target.count(ReadAt.eventually()) < rows) {
      Thread.sleep(POLL_MILLIS);
    }
    return System.nanoTime();
  }

  /**
   * Returns when a tick covered the row. A row that is visible on the target has been covered, but
   * the tick may reach this process a little later.
   */
  private static long covered(TickWatch ticks, int sample) throws InterruptedException {
    List<Long> covered = ticks.covered();
    while (covered.size() <= sample) {
      Thread.sleep(POLL_MILLIS);
      covered = ticks.covered();
    }
    return covered.get(sample);
  }
}
