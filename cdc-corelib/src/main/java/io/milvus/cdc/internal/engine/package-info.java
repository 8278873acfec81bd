/**
 * Runs tasks: connects, merges, applies, stores the checkpoint, retries. Internal.
 *
 * <p>{@code Engine} holds the tasks. A {@code RunningTask} is one of them. Its {@code TaskThread}
 * runs one {@code Replication} after the other. {@code Connector} creates a replication from the
 * stored checkpoint, a source and a target. It ends with a fault or a request to stop. {@code
 * Replication} decides which rows or which change come next. {@code CatalogSync} compares the two
 * catalogs, and {@code CheckpointKeeper} stores the progress of the task. {@code ServingSync},
 * {@code AccessSync} and {@code FlushSync} apply state that has no place in the order of the rows.
 */
@NullMarked
package io.milvus.cdc.internal.engine;

import org.jspecify.annotations.NullMarked;
