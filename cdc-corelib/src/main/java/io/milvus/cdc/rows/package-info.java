/**
 * Reads rows and deleted keys from events, and writes them to events.
 *
 * <p>{@link io.milvus.cdc.rows.Rows} opens the events that a target receives. {@link
 * io.milvus.cdc.rows.RowsWriter} creates the events that a source returns. With both, the bytes of
 * a {@link io.milvus.cdc.event.Payload} need no decoding elsewhere.
 */
@NullMarked
package io.milvus.cdc.rows;

import org.jspecify.annotations.NullMarked;
