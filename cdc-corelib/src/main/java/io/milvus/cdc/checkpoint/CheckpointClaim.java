package io.milvus.cdc.checkpoint;

import java.util.Optional;

/** The right to move one task's checkpoint. For one thread at a time. */
public interface CheckpointClaim extends AutoCloseable {
  /**
   * The last checkpoint that was saved, empty for a new task.
   *
   * @throws io.milvus.cdc.error.CorruptCheckpointException where it is damaged; never an empty
   *     start
   */
  Optional<Checkpoint> load();

  /**
   * Replaces the checkpoint; returns when the new one survives a crash.
   *
   * @throws io.milvus.cdc.error.StaleOwnerException where another owner has taken over
   */
  void save(Checkpoint checkpoint);

  /** Forgets the task. */
  void delete();

  /** Gives the ownership up. The checkpoint stays. Idempotent. */
  @Override
  void close();
}
