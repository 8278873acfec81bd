/**
 * Where a task stands, and the stores that keep it across crashes.
 *
 * <p>A checkpoint is replaced as a whole. Whoever holds a {@link
 * io.milvus.cdc.checkpoint.CheckpointClaim} is the task's only owner; a claim that was taken over
 * by another fails with {@link io.milvus.cdc.error.StaleOwnerException} when it saves.
 *
 * <p>{@link io.milvus.cdc.checkpoint.FileCheckpointStore} is for one machine: its lock goes with
 * the process. {@link io.milvus.cdc.checkpoint.EtcdCheckpointStore} and {@link
 * io.milvus.cdc.checkpoint.JdbcCheckpointStore} are for several that stand in for each other: a
 * claim is a lease, which is renewed while its owner lives. {@link
 * io.milvus.cdc.checkpoint.InMemoryCheckpointStore} forgets.
 */
@NullMarked
package io.milvus.cdc.checkpoint;

import org.jspecify.annotations.NullMarked;
