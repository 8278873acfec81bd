package io.milvus.cdc.event;

/**
 * What is known of a message of rows without touching the rows.
 *
 * @param channel the physical channel it came on
 * @param timestamp the latest hybrid timestamp of its rows (a message's rows share one)
 * @param partitionId -1 where a delete names no partition
 * @param shard the virtual channel
 * @param rows how many rows or keys
 * @param messageId what its sender numbered it with; a queue may have one message twice, with the
 *     same number, where the sender had to repeat itself. 0 where it is not numbered
 */
public record RowsHeader(
    String channel,
    Position position,
    long timestamp,
    long collectionId,
    long partitionId,
    String shard,
    int rows,
    long messageId) {
  /** A message that is not numbered. */
  public RowsHeader(
      String channel,
      Position position,
      long timestamp,
      long collectionId,
      long partitionId,
      String shard,
      int rows) {
    this(channel, position, timestamp, collectionId, partitionId, shard, rows, 0);
  }

  /** The same of fewer rows of the message. */
  public RowsHeader with(int fewer) {
    return new RowsHeader(
        channel, position, timestamp, collectionId, partitionId, shard, fewer, messageId);
  }
}
