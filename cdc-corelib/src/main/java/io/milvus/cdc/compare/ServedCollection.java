package io.milvus.cdc.compare;

import io.milvus.cdc.internal.client.CollectionReader;
import io.milvus.cdc.internal.client.CollectionServing;
import io.milvus.cdc.internal.client.MilvusException;
import io.milvus.cdc.internal.client.ReadAt;
import io.milvus.grpc.LoadState;
import java.time.Duration;
import java.util.function.Supplier;

/** Prepares a collection on one side for queries, and restores it. */
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

  /** Returns the way of reading from now on. */
  ReadAt readAt() {
    return readAt.get();
  }

  /**
   * Prepares the collection for reading.
   *
   * @param afresh whether to release first, if this is the first time, which corrects errors of a
   *     query node
   * @param load whether to load an unloaded collection, and to index fields without an index
   * @return whether there are rows to read, at once or soon
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

  /** Releases the collection if it was not loaded before. */
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
