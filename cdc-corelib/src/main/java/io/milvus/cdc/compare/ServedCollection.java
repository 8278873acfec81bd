package io.milvus.cdc.compare;

import io.milvus.cdc.client.CollectionReader;
import io.milvus.cdc.client.CollectionServing;
import io.milvus.cdc.client.MilvusException;
import io.milvus.cdc.client.ReadAt;
import io.milvus.grpc.LoadState;
import java.time.Duration;
import java.util.function.Supplier;

/** A collection on one side: made fit for queries, and put back. */
final class ServedCollection {
  private final CollectionReader collection;
  private final Supplier<ReadAt> readAt;
  private boolean seen;
  private boolean loadedByUs;

  ServedCollection(CollectionReader collection, Supplier<ReadAt> readAt) {
    this.collection = collection;
    this.readAt = readAt;
  }

  CollectionReader collection() {
    return collection;
  }

  /** How to read from now on. */
  ReadAt readAt() {
    return readAt.get();
  }

  /**
   * Indexes what has no index and begins to load what is not loaded.
   *
   * @param afresh whether to release first, if this is the first time: what a query node has got
   *     wrong is right after that
   */
  void prepare(boolean afresh) {
    CollectionServing serving = collection.serving();
    boolean loaded = serving.state() == LoadState.LoadStateLoaded;
    if (!seen) {
      seen = true;
      loadedByUs = !loaded;
      if (loaded && afresh) {
        serving.release();
        loaded = false;
      }
    }
    if (!loaded) {
      if (serving.indexes().isEmpty()) {
        Layout.of(collection.describe().getSchema())
            .vectors()
            .forEach(it -> serving.createFlatIndex(it.field(), it.binary()));
      }
      serving.startLoad();
    }
  }

  void awaitLoaded(Duration atMost) {
    collection.serving().awaitLoaded(atMost);
  }

  /** Releases what was not loaded before. */
  void release() {
    if (loadedByUs) {
      try {
        collection.serving().release();
      } catch (MilvusException e) {
        if (!e.notFound()) {
          throw e;
        }
      }
    }
  }
}
