package io.milvus.cdc.checkpoint;

import java.util.Optional;

/**
 * The right to move one task's checkpoint. For one thread at a time, but for {@link #requireOwned}
 * and {@link #close}, which any thread may call.
 */
public interface CheckpointClaim extends AutoCloseable {
  /**
   * The last checkpoint that was saved, empty for a new task. After a save that ended without an
   * answer this decides it: either the new one is returned, or the old one, which then stays.
   *
   * @throws io.milvus.cdc.error.CorruptCheckpointException where it is damaged; never an empty
   *     start
   * @throws io.milvus.cdc.error.RetriableException where the store is away for now
   */
  Optional<Checkpoint> load();

  /**
   * Replaces the checkpoint; returns when the new one survives a crash.
   *
   * @throws io.milvus.cdc.error.StaleOwnerException where another owner has taken over
   * @throws io.milvus.cdc.error.UnknownOutcomeException where the store was away for too long: the
   *     new one may have been saved; {@link #load} tells
   */
  void save(Checkpoint checkpoint);

  /**
   * Forgets the task.
   *
   * @throws io.milvus.cdc.error.StaleOwnerException where another owner has taken over
   * @throws io.milvus.cdc.error.UnknownOutcomeException where the store was away for too long; it
   *     can be repeated
   */
  void delete();

  /**
   * Returns only where the task certainly still is owned at this moment. Cheap: asks nobody, so it
   * can come before each request that only the owner may send.
   *
   * @throws io.milvus.cdc.error.StaleOwnerException where another owner has taken over, and also
   *     where none may have but nobody could tell, because the store is away: then it passes again
   *     once the store has confirmed that the task is ours
   */
  void requireOwned();

  /** Gives the ownership up. The checkpoint stays. Idempotent. */
  @Override
  void close();
}
