/**
 * Holds the progress of a task, and stores it across crashes.
 *
 * <p>A checkpoint is replaced as a whole. The holder of a {@link
 * io.milvus.cdc.internal.checkpoint.CheckpointClaim} is the task's only owner. If another owner has
 * taken over, saving fails with {@link io.milvus.cdc.error.StaleOwnerException}.
 */
@NullMarked
package io.milvus.cdc.internal.checkpoint;

import org.jspecify.annotations.NullMarked;
