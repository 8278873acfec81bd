/**
 * Runs tasks: connects, merges, applies, stores the checkpoint, retries. Internal.
 *
 * <p>{@code Engine} holds the tasks. A {@code RunningTask} is one of them, and its {@code
 * TaskThread} lives through one {@code Replication} after the other: each begins with the stored
 * checkpoint, which {@code Connector} puts together with a source and a target, and ends with a
 * fault or a request to stop. {@code Replication} decides which rows or which change come next.
 * {@code CatalogSync} compares the two catalogs, {@code CheckpointKeeper} stores how far the task
 * is, and {@code ServingSync}, {@code AccessSync} and {@code FlushSync} follow beside the rows.
 */
@NullMarked
package io.milvus.cdc.internal.engine;

import org.jspecify.annotations.NullMarked;
