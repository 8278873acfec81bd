package io.milvus.cdc.internal.wire;

/**
 * Holds the destination of rows on the target.
 *
 * @param channel the physical channel
 * @param shard the virtual channel
 * @param partitionId -1 for a delete in all partitions
 */
public record Address(
    String channel,
    String shard,
    String database,
    String collection,
    long collectionId,
    String partition,
    long partitionId) {}
