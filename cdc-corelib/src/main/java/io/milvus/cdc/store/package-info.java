/**
 * Stores texts under names, across crashes: checkpoints of tasks, and any other text that one owner
 * at a time writes.
 *
 * <p>A text is replaced as a whole. The holder of a {@link io.milvus.cdc.store.Claim} is its only
 * owner. If another owner has taken over, saving fails with {@link
 * io.milvus.cdc.error.StaleOwnerException}.
 */
@NullMarked
package io.milvus.cdc.store;

import org.jspecify.annotations.NullMarked;
