/**
 * Rows and deleted keys, read from events and written to events.
 *
 * <p>{@link io.milvus.cdc.rows.Rows} opens the events that a target receives. {@link
 * io.milvus.cdc.rows.RowsWriter} creates the events that a source returns. Nobody else needs to
 * know the bytes of a {@link io.milvus.cdc.event.Payload}.
 */
@NullMarked
package io.milvus.cdc.rows;

import org.jspecify.annotations.NullMarked;
