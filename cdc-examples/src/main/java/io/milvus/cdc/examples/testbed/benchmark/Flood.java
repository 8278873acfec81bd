package io.milvus.cdc.examples.testbed.benchmark;

import io.milvus.cdc.examples.testbed.client.MilvusCollection;
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
 * Sends plain requests as fast as they are accepted.
 *
 * @param writers the number of concurrent requests
 */
record Flood(Dataset dataset, int writers, BiConsumer<MilvusCollection, List<FieldData>> request) {
  /** Creates a flood of plain inserts. */
  Flood(Dataset dataset, int writers) {
    this(dataset, writers, MilvusCollection::insert);
  }

  /** Creates a flood of plain upserts. */
  static Flood ofUpserts(Dataset dataset, int writers) {
    return new Flood(dataset, writers, (collection, rows) -> collection.upsert("", rows));
  }

  /**
   * Writes this many rows, rounded up to whole batches, into one collection after the other.
   * Returns when all are acknowledged.
   *
   * @return the number of acknowledged rows over time
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
