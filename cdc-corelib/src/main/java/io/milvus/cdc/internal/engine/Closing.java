package io.milvus.cdc.internal.engine;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Closes several objects, even if some of them fail to close. */
final class Closing {
  private static final Logger LOG = LoggerFactory.getLogger(Closing.class);

  private Closing() {}

  /** Closes in the given order. A failure to close is logged, because no other remedy is left. */
  @SuppressWarnings("CatchingUnchecked")
  static void all(Iterable<? extends AutoCloseable> things) {
    for (AutoCloseable thing : things) {
      try {
        thing.close();
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      } catch (Exception e) {
        LOG.warn("{} did not close cleanly", thing, e);
      }
    }
  }
}
