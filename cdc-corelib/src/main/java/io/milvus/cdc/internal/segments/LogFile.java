package io.milvus.cdc.internal.segments;

/**
 * Names one file of a segment.
 *
 * @param id grows with each file of the source
 * @param path its path in the storage, below the root
 * @param rows the number of values in it
 * @param from the hybrid timestamp of its first row
 * @param to the hybrid timestamp of its last row
 * @param bytes its size
 */
record LogFile(long id, String path, long rows, long from, long to, long bytes) {}
