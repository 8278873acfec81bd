package io.milvus.cdc.examples.testbed.benchmark;

import io.milvus.cdc.examples.testbed.client.MilvusCollection;
import java.util.concurrent.atomic.AtomicBoolean;

/** Inserts at a steady rate, in the background, until it is closed. */
final class Load implements AutoCloseable {
  private static final double NANOS = 1e9;

  private final MilvusCollection collection;
  private final Dataset dataset;
  private final double rate;
  private final Curve written = new Curve();
  private final AtomicBoolean ended = new AtomicBoolean();
  private final Thread thread = new Thread(this::run, "load");

  private Load(MilvusCollection collection, Dataset dataset, double rate) {
    this.collection = collection;
    this.dataset = dataset;
    this.rate = rate;
  }

  /** Starts to write this many rows a second, one batch of the dataset at a time. */
  static Load begin(MilvusCollection collection, Dataset dataset, double rate) {
    Load load = new Load(collection, dataset, rate);
    load.thread.start();
    return load;
  }

  private void run() {
    long began = System.nanoTime();
    try {
      for (long first = 0; !ended.get(); first += dataset.batch()) {
        long wait = began + (long) (first / rate * NANOS) - System.nanoTime();
        if (wait > 0) {
          Thread.sleep(wait / 1_000_000);
        }
        collection.insert(dataset.columns(first));
        written.add(dataset.batch());
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** Returns the actual rate. */
  double rate() {
    return written.rate(0);
  }

  @Override
  public void close() {
    ended.set(true);
    try {
      thread.join();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
