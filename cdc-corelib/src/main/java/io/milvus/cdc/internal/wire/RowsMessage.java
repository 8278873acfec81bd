package io.milvus.cdc.internal.wire;

import com.google.protobuf.ByteString;
import io.milvus.grpc.MsgType;

/** A message that carries rows or keys of one shard and one partition at one timestamp. */
public abstract sealed class RowsMessage permits InsertMessage, DeleteMessage {
  private final MsgType type;
  private final Envelope envelope;

  RowsMessage(MsgType type, Envelope envelope) {
    this.type = type;
    this.envelope = envelope;
  }

  /** The virtual channel. */
  public final String shard() {
    return envelope.shard();
  }

  public final long collectionId() {
    return envelope.collectionId();
  }

  /** -1 where a delete names no partition. */
  public final long partitionId() {
    return envelope.partitionId();
  }

  /** The latest of the rows' timestamps; a message's rows share one. */
  public final long timestamp() {
    return envelope.timestamp();
  }

  public final int rows() {
    return envelope.rows();
  }

  /** The same rows, addressed to another cluster's collection. */
  public final ByteString rewrite(Address to, long messageId, long newTimestamp) {
    return envelope.rewrite(type, to, messageId, newTimestamp);
  }

  /** What is behind the envelope: columns or keys. */
  final ByteString rest() {
    return envelope.rest();
  }
}
