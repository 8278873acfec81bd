package io.milvus.cdc.internal.wal;

/**
 * The time of one copy of a change.
 *
 * @param tick hybrid timestamp of the copy
 * @param control whether it is the copy whose tick Milvus stores as the time of the change
 */
record Moment(long tick, boolean control) {}
