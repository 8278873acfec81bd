package io.milvus.cdc.internal.wal;

import io.milvus.cdc.catalog.Timestamps;
import io.milvus.cdc.proto.wal.TransactionContext;

/**
 * The transaction that a message belongs to.
 *
 * @param keepaliveMillis the time after which it expires unless it goes on; negative for never
 */
public record TransactionPart(long id, long keepaliveMillis) {
  static TransactionPart of(TransactionContext context) {
    return new TransactionPart(context.getId(), context.getKeepaliveMilliseconds());
  }

  /** Returns whether a transaction whose last message has one tick has expired at another tick. */
  boolean expired(long last, long now) {
    return keepaliveMillis >= 0 && now > Timestamps.plusMillis(last, keepaliveMillis);
  }
}
