/**
 * Where a task stands, and how that is kept across crashes.
 *
 * <p>A checkpoint is replaced as a whole. Whoever holds a {@link
 * io.milvus.cdc.internal.checkpoint.CheckpointClaim} is the task's only owner; a claim that was
 * taken over by another fails with {@link io.milvus.cdc.error.StaleOwnerException} when it saves.
 */
@NullMarked
package io.milvus.cdc.internal.checkpoint;

import org.jspecify.annotations.NullMarked;
