package io.milvus.cdc.event;

/** Rows or deleted keys of one message: one shard, one partition, one timestamp. */
public sealed interface DataEvent extends ChannelEvent permits Insert, Delete {
  /** Returns the description of the rows. */
  RowsHeader header();

  /** Returns the rows, encoded. */
  Payload payload();

  /** Returns the same event with its bytes stored elsewhere. */
  DataEvent with(Payload elsewhere);

  @Override
  default Position position() {
    return header().position();
  }

  /** Returns the hybrid timestamp of the rows. */
  default long timestamp() {
    return header().timestamp();
  }
}
