package io.milvus.cdc.target.milvus;

import java.util.concurrent.atomic.AtomicLong;

/**
 * Message ids that no message before had: a consumer in Milvus drops an insert or delete whose id it has
 * seen in the same pack (2.3 pkg/mq/msgstream/mq_msgstream.go), so a replayed message must not keep the
 * source's.
 */
final class MessageIds {
  private static final int SEQUENCE_BITS = 20;

  private final AtomicLong next;

  /**
   * Begins above all ids of processes that began earlier and sent less than a million messages a
   * millisecond.
   */
  MessageIds(long startMillis) {
    next = new AtomicLong(startMillis << SEQUENCE_BITS);
  }

  long next() {
    return next.incrementAndGet();
  }
}
