package io.milvus.cdc.examples.testbed.benchmark;

import io.milvus.cdc.examples.testbed.client.MilvusCollection;
import io.milvus.cdc.internal.client.ReadAt;
import java.util.ArrayList;
import java.util.List;

/** Queries a collection again and again in the background, until it is closed. */
final class QueryProbe implements AutoCloseable {
  private static final long PAUSE_MILLIS = 20;
  private static final double MILLIS = 1e6;

  private final MilvusCollection collection;
  private final List<Double> took = new ArrayList<>();
  private volatile boolean ended;
  private final Thread thread = new Thread(this::run, "probe");

  private QueryProbe(MilvusCollection collection) {
    this.collection = collection;
  }

  static QueryProbe begin(MilvusCollection collection) {
    QueryProbe probe = new QueryProbe(collection);
    probe.thread.start();
    return probe;
  }

  private void run() {
    try {
      while (!ended) {
        long start = System.nanoTime();
        collection.count(ReadAt.eventually());
        took.add((System.nanoTime() - start) / MILLIS);
        Thread.sleep(PAUSE_MILLIS);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** Ends the queries, and returns how long each took. */
  Distribution end() throws InterruptedException {
    ended = true;
    thread.join();
    return new Distribution(took.stream().mapToDouble(Double::doubleValue).toArray());
  }

  @Override
  public void close() {
    ended = true;
  }
}
