package io.milvus.cdc.examples.compare;

import io.milvus.cdc.examples.client.MilvusCollection;
import io.milvus.cdc.examples.client.Serving;
import io.milvus.grpc.LoadState;
import java.time.Duration;

/** Makes a collection fit for queries, and undoes that. */
final class Preparation {
  private final Serving serving;
  private final Readable readable;
  private boolean loadedByUs;

  Preparation(MilvusCollection collection, Readable readable) {
    this.serving = collection.serving();
    this.readable = readable;
  }

  /**
   * Indexes what has no index and begins to load what is not loaded.
   *
   * @param afresh whether to release first: what a query node has got wrong is right after that
   */
  void start(boolean afresh) {
    if (afresh) {
      serving.release();
    }
    if (serving.indexes().isEmpty()) {
      readable.vectors().forEach(it -> serving.createFlatIndex(it.field(), it.binary()));
    }
    LoadState state = serving.state();
    if (state != LoadState.LoadStateLoaded) {
      loadedByUs = !afresh;
      serving.startLoad();
    }
  }

  void await(Duration atMost) {
    serving.awaitLoaded(atMost);
  }

  /** Releases what was not loaded before. */
  void undo() {
    if (loadedByUs) {
      serving.release();
    }
  }
}
