package io.milvus.cdc.rows;

import io.milvus.cdc.event.Position;

/**
 * The place of a message on a source, for a {@link RowsWriter}.
 *
 * @param shard the index of the collection's shard that the message is in
 * @param position the message's place in the shard's channel
 * @param messageId a number that no other message of the source has
 * @param timestamp of all rows, as a hybrid timestamp of the source
 */
public record Slot(int shard, Position position, long messageId, long timestamp) {}
