/**
 * Stores that keep texts under names, across crashes: checkpoints of tasks, and whatever else one
 * owner at a time writes.
 *
 * <p>A text is replaced as a whole. Whoever holds a {@link io.milvus.cdc.store.Claim} is its only
 * owner; a claim that was taken over by another fails with {@link
 * io.milvus.cdc.error.StaleOwnerException} when it saves.
 */
@NullMarked
package io.milvus.cdc.store;

import org.jspecify.annotations.NullMarked;
