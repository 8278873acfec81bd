package io.milvus.cdc.event;

/**
 * Somebody had a collection of the source flushed.
 *
 * @param timestamp hybrid; rows up to here were meant
 */
public record Flush(long timestamp, long collectionId) {}
