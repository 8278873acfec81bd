package io.milvus.cdc.checkpoint;

import java.util.List;
import java.util.Optional;

/**
 * Keeps the checkpoints of many tasks. Thread-safe. A store that is {@link AutoCloseable} is closed
 * by whoever made it, after the engine.
 */
public interface CheckpointStore {
  /**
   * Becomes the owner of a task's checkpoint.
   *
   * @throws io.milvus.cdc.error.AlreadyOwnedException where another owner lives, or may
   * @throws io.milvus.cdc.error.CheckpointException where the store cannot be used
   */
  CheckpointClaim claim(String task);

  /**
   * The last checkpoint of a task, whoever owns it, who may save another one meanwhile. Leaves
   * nothing behind.
   *
   * @throws io.milvus.cdc.error.CorruptCheckpointException where it is damaged
   * @throws io.milvus.cdc.error.CheckpointException where the store cannot be used
   */
  Optional<Checkpoint> read(String task);

  /**
   * The tasks that have a checkpoint, in no order.
   *
   * @throws io.milvus.cdc.error.CheckpointException where the store cannot be used
   */
  List<String> tasks();

  /** A name of the store for people, without secrets. */
  @Override
  String toString();
}
