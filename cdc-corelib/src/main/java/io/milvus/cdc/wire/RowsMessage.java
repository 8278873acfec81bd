package io.milvus.cdc.wire;

import com.google.protobuf.ByteString;

/** A message that carries rows or keys of one shard and one partition at one timestamp. */
public sealed interface RowsMessage permits InsertMessage, DeleteMessage {
  /** The virtual channel. */
  String shard();

  long collectionId();

  /** -1 where a delete names no partition. */
  long partitionId();

  /** The latest of the rows' timestamps; a message's rows share one. */
  long timestamp();

  int rows();

  /** The same rows, addressed to another cluster's collection. */
  ByteString rewrite(Address to, long messageId, long newTimestamp);
}
