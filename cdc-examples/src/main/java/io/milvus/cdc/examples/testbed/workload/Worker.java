package io.milvus.cdc.examples.testbed.workload;

import java.time.Duration;
import java.util.List;
import java.util.SplittableRandom;

/** Performs the steps of one thread of a workload. */
final class Worker {
  private final List<CollectionWriter> writers;
  private final List<Steps> passing;
  private final SplittableRandom random;
  private final int batch;
  private final boolean manyDeletes;
  private final Duration betweenChanges;
  private long lastChange = System.nanoTime();
  private int turn;

  Worker(
      List<CollectionWriter> writers,
      List<Steps> passing,
      SplittableRandom random,
      int batch,
      boolean manyDeletes,
      Duration betweenChanges) {
    this.writers = writers;
    this.passing = passing;
    this.random = random;
    this.batch = batch;
    this.manyDeletes = manyDeletes;
    this.betweenChanges = betweenChanges;
  }

  /** Writes a batch. Also changes the catalog when it is due. */
  void step() {
    if (!passing.isEmpty() && System.nanoTime() - lastChange >= betweenChanges.toNanos()) {
      lastChange = System.nanoTime();
      passing.get(turn++ % passing.size()).next();
    }
    CollectionWriter writer = writers.get(random.nextInt(writers.size()));
    int percent = random.nextInt(100);
    if (manyDeletes && percent >= 50) {
      change(writer, percent);
    } else if (percent < 60) {
      writer.insert(random.nextInt(batch / 2, batch + batch / 2));
    } else if (percent < 70) {
      writer.insert(1);
    } else if (percent < 80) {
      writer.upsert(random.nextInt(1, batch / 2));
    } else if (percent < 90) {
      writer.delete(random.nextInt(1, batch / 2));
    } else if (percent < 95) {
      writer.replace(random.nextInt(1, batch / 4));
    } else {
      writer.delete(1);
    }
  }

  /** Deletes or replaces as many rows as an insert has. */
  private void change(CollectionWriter writer, int percent) {
    int rows = random.nextInt(batch / 2, batch + batch / 2);
    if (percent < 70) {
      writer.upsert(rows);
    } else if (percent < 95) {
      writer.delete(rows);
    } else {
      writer.replace(rows);
    }
  }
}
