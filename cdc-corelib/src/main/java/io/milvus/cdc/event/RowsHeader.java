package io.milvus.cdc.event;

/**
 * Describes a message of rows without decoding the rows.
 *
 * @param channel the physical channel of the message
 * @param position its place in that channel
 * @param timestamp the latest hybrid timestamp of its rows; all rows share one, except those of
 *     {@link io.milvus.cdc.sources.ExistingRows}
 * @param collectionId the collection of the source
 * @param partitionId the partition, or -1 if a delete names none
 * @param shard the virtual channel
 * @param rows the number of rows or keys
 * @param messageId the number that its sender assigned, or 0 if there is none. If the sender had to
 *     repeat itself, a queue holds the message twice, with the same number
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

  /** Returns this header with fewer rows. */
  public RowsHeader with(int fewer) {
    return new RowsHeader(
        channel, position, timestamp, collectionId, partitionId, shard, fewer, messageId);
  }
}
