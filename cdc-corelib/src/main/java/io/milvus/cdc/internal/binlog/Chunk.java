package io.milvus.cdc.internal.binlog;

import org.apache.parquet.column.ColumnDescriptor;

/**
 * Describes the pages of one column in one row group of a Parquet file.
 *
 * @param file the Parquet file
 * @param start the place of the first page
 * @param end the place behind the last page
 * @param values the number of values and nulls in all data pages
 * @param compressed whether the codec is ZSTD; otherwise there is none
 */
record Chunk(
    ByteSource file,
    ColumnDescriptor column,
    long start,
    long end,
    long values,
    boolean compressed) {}
