package io.milvus.cdc.targets.milvus;

import java.util.concurrent.atomic.AtomicLong;

/**
 * Generates unique message ids. A consumer in Milvus drops an insert or delete whose id it has seen
 * in the same pack (2.3 pkg/mq/msgstream/mq_msgstream.go). A replayed message must therefore not
 * have the source's id. Thread-safe.
 */
final class MessageIds {
  private final AtomicLong next;

  /**
   * Counts from a random number, so that two processes, or two lives of one, never use the same
   * ids.
   *
   * @param random any number
   */
  MessageIds(long random) {
    next = new AtomicLong(random >>> 2);
  }

  /** Returns a positive number, a new one at each call. */
  long next() {
    return next.incrementAndGet();
  }
}
