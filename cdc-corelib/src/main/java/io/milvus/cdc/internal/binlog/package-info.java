/**
 * Reads the binlogs of a Milvus 2.3 to 2.5: its stored rows and deletes. Internal.
 *
 * <p>A binlog is an envelope of Milvus's own with a Parquet file of one column. A library reads
 * Parquet's headers, dictionaries and encodings. Rows leave this room as messages of the source's
 * stream.
 */
@NullMarked
package io.milvus.cdc.internal.binlog;

import org.jspecify.annotations.NullMarked;
