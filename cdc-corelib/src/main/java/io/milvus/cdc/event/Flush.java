package io.milvus.cdc.event;

/**
 * A flush of a collection that a client of the source requested.
 *
 * @param timestamp hybrid timestamp up to which the rows are to be flushed, inclusive
 * @param collectionId the collection of the source
 */
public record Flush(long timestamp, long collectionId) {}
