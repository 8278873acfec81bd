package io.milvus.cdc.targets.milvus;

import java.util.concurrent.atomic.AtomicLong;

/**
 * Message ids that no message before had: a consumer in Milvus drops an insert or delete whose id
 * it has seen in the same pack (2.3 pkg/mq/msgstream/mq_msgstream.go), so a replayed message must
 * not keep the source's. Thread-safe.
 */
final class MessageIds {
  private final AtomicLong next;

  /**
   * Counts on from a random number, so that no two processes and no two lives of one meet.
   *
   * @param random any number
   */
  MessageIds(long random) {
    next = new AtomicLong(random >>> 2);
  }

  /** A positive number, another one at each call. */
  long next() {
    return next.incrementAndGet();
  }
}
