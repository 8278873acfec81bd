package io.milvus.cdc.examples.benchmark;

import io.milvus.cdc.examples.client.MilvusCollection;
import io.milvus.grpc.FieldData;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.BiConsumer;

/**
 * Plain requests, as fast as they are taken.
 *
 * @param writers requests at a time
 */
record Flood(Dataset dataset, int writers, BiConsumer<MilvusCollection, List<FieldData>> request) {
  /** Plain inserts. */
  Flood(Dataset dataset, int writers) {
    this(dataset, writers, MilvusCollection::insert);
  }

  /** Plain upserts. */
  static Flood ofUpserts(Dataset dataset, int writers) {
    return new Flood(dataset, writers, (collection, rows) -> collection.upsert("", rows));
  }

  /**
   * Writes this many rows, rounded up to whole batches, into one collection after the other;
   * returns when all are acknowledged.
   *
   * @return how many there were at what time
   */
  Curve into(List<MilvusCollection> collections, long rows) throws InterruptedException {
    AtomicLong next = new AtomicLong();
    Curve curve = new Curve();
    ExecutorService pool = Executors.newFixedThreadPool(writers);
    try {
      List<Future<?>> running = new ArrayList<>();
      for (int i = 0; i < writers; i++) {
        running.add(pool.submit(() -> write(collections, rows, next, curve)));
      }
      for (Future<?> writer : running) {
        writer.get();
      }
    } catch (ExecutionException e) {
      throw new IllegalStateException("Rows could not be written", e.getCause());
    } finally {
      pool.shutdownNow();
    }
    return curve;
  }

  private void write(List<MilvusCollection> collections, long rows, AtomicLong next, Curve curve) {
    for (long first = next.getAndAdd(dataset.batch());
        first < rows;
        first = next.getAndAdd(dataset.batch())) {
      int batch = (int) (first / dataset.batch());
      request.accept(collections.get(batch % collections.size()), dataset.columns(first));
      curve.add(dataset.batch());
    }
  }
}
