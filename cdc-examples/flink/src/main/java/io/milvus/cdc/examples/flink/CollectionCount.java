package io.milvus.cdc.examples.flink;

/**
 * Holds the number of rows of a collection.
 *
 * @param collectionId does not change when the collection is renamed
 * @param collection its database and its name
 * @param rows the result of {@code count(*)} at that time
 * @param gone whether it was dropped
 * @param millis the time up to which everything is counted
 */
public record CollectionCount(
    String collectionId, String collection, long rows, boolean gone, long millis) {}
