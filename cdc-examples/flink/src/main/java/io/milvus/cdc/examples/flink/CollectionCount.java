package io.milvus.cdc.examples.flink;

/**
 * How many rows a collection has.
 *
 * @param collectionId stays when it is renamed
 * @param collection its database and its name
 * @param rows what {@code count(*)} would tell at that time
 * @param gone whether it was dropped
 * @param millis the time up to which everything is counted
 */
public record CollectionCount(
    String collectionId, String collection, long rows, boolean gone, long millis) {}
