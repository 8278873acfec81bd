package io.milvus.cdc.compare;

import io.milvus.cdc.internal.client.CollectionReader;
import io.milvus.cdc.internal.client.CollectionServing;
import io.milvus.cdc.internal.client.MilvusException;
import io.milvus.cdc.internal.client.ReadAt;
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
   * Makes it fit to be read.
   *
   * @param afresh whether to release first, if this is the first time: what a query node has got
   *     wrong is right after that
   * @param load whether to load what is not loaded, and to index what has no index
   * @return whether there is something to read, at once or soon
   */
  boolean prepare(boolean afresh, boolean load) {
    CollectionServing serving = collection.serving();
    LoadState state = serving.state();
    boolean first = !seen;
    seen = true;
    if (state == LoadState.LoadStateLoaded && first && afresh) {
      serving.release();
      serving.startLoad();
    } else if (state == LoadState.LoadStateNotLoad && load) {
      loadedByUs = true;
      indexWhatHasNone(serving);
      serving.startLoad();
    } else if (state == LoadState.LoadStateNotLoad) {
      return false;
    }
    return true;
  }

  private void indexWhatHasNone(CollectionServing serving) {
    if (serving.indexes().isEmpty()) {
      Layout.of(collection.describe().getSchema())
          .vectors()
          .forEach(it -> serving.createFlatIndex(it.field(), it.binary()));
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
