package io.milvus.cdc.internal.wire;

import com.google.protobuf.ByteString;
import io.milvus.grpc.MsgType;

/** Holds rows or keys of one shard and one partition at one timestamp. */
public abstract sealed class RowsMessage permits InsertMessage, DeleteMessage {
  private final MsgType type;
  private final Envelope envelope;

  RowsMessage(MsgType type, Envelope envelope) {
    this.type = type;
    this.envelope = envelope;
  }

  /** Returns the virtual channel. */
  public final String shard() {
    return envelope.shard();
  }

  public final long collectionId() {
    return envelope.collectionId();
  }

  /** Returns the partition, or -1 if a delete names no partition. */
  public final long partitionId() {
    return envelope.partitionId();
  }

  /** Returns the latest of the rows' timestamps; a message's rows share one timestamp. */
  public final long timestamp() {
    return envelope.timestamp();
  }

  public final int rows() {
    return envelope.rows();
  }

  /** Returns the same rows, addressed to another cluster's collection. */
  public final ByteString rewrite(Address to, long messageId, long newTimestamp) {
    return rewrite(to, messageId, newTimestamp, -1);
  }

  /**
   * Returns the same rows, addressed to another cluster's collection. They keep their timestamps if
   * the newest one is {@code newTimestamp}, and if all are above {@code above}. Otherwise all get
   * the new timestamp.
   */
  public final ByteString rewrite(Address to, long messageId, long newTimestamp, long above) {
    return envelope.rewrite(type, to, messageId, newTimestamp, above);
  }

  /** Returns the fields behind the envelope: columns or keys. */
  final ByteString rest() {
    return envelope.rest();
  }
}
