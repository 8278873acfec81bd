package io.milvus.cdc.examples.testbed.benchmark;

import java.util.concurrent.ThreadLocalRandom;

/**
 * Measures the time from the answer to the creation of a collection on the source until the target
 * lists it. Another collection ticks meanwhile.
 */
final class CatalogLatency {
  private static final int MOST_SAMPLES = 50;
  private static final int POLL_MILLIS = 2;

  /**
   * Longer than the time between two ticks, so that creations occur at random moments between them.
   */
  private static final int MOST_PAUSE_MILLIS = 400;

  private final Sides sides;
  private final Dataset single;
  private final String database;

  CatalogLatency(Sides sides, Dataset single, String database) {
    this.sides = sides;
    this.single = single;
    this.database = database;
  }

  Distribution measure(int samples) throws InterruptedException {
    double[] millis = new double[Math.min(samples, MOST_SAMPLES)];
    for (int i = 0; i < millis.length; i++) {
      Thread.sleep(ThreadLocalRandom.current().nextInt(MOST_PAUSE_MILLIS));
      String name = "created_" + i;
      single.create(sides.source(), database, name, 1);
      long returned = System.nanoTime();
      while (!sides.target().collections(database).contains(name)) {
        Thread.sleep(POLL_MILLIS);
      }
      millis[i] = (System.nanoTime() - returned) / 1e6;
    }
    return new Distribution(millis);
  }
}
