package io.milvus.cdc.event;

/** Rows inserted or keys deleted by one message: one shard, one partition, one timestamp. */
public sealed interface DataEvent extends ChannelEvent permits Insert, Delete {
  RowsHeader header();

  Payload payload();

  /** The same event with its bytes kept elsewhere. */
  DataEvent with(Payload elsewhere);

  @Override
  default Position position() {
    return header().position();
  }

  default long timestamp() {
    return header().timestamp();
  }
}
