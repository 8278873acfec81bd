package io.milvus.cdc.internal.checkpoint;

import io.milvus.cdc.error.AlreadyOwnedException;
import io.milvus.cdc.error.CorruptCheckpointException;
import io.milvus.cdc.store.Store;
import java.util.List;
import java.util.Optional;

/** Stores the checkpoints of many tasks, each under its task's id. Thread-safe. */
public final class CheckpointStore implements AutoCloseable {
  private final Store store;

  private CheckpointStore(Store store) {
    this.store = store;
  }

  /** Returns the checkpoints in this store, which should contain nothing else. */
  public static CheckpointStore in(Store store) {
    return new CheckpointStore(store);
  }

  /**
   * Acquires the ownership of a task's checkpoint.
   *
   * @throws AlreadyOwnedException if another owner is known to live
   * @throws io.milvus.cdc.error.CheckpointException if the store cannot be used
   */
  public CheckpointClaim claim(String task) {
    try {
      return new CheckpointClaim(store.claim(task));
    } catch (AlreadyOwnedException e) {
      throw new AlreadyOwnedException(
          "Task %s Stop that owner first, or use another id or store for this task."
              .formatted(e.getMessage()),
          "",
          e);
    }
  }

  /**
   * Returns the last checkpoint of a task without owning it. The owner may save another checkpoint
   * meanwhile. Leaves no trace.
   *
   * @throws CorruptCheckpointException if the checkpoint is damaged
   * @throws io.milvus.cdc.error.CheckpointException if the store cannot be used
   */
  public Optional<Checkpoint> read(String task) {
    return CheckpointClaim.parse(() -> store.read(task));
  }

  /**
   * Returns the tasks that have a checkpoint, in no order.
   *
   * @throws io.milvus.cdc.error.CheckpointException if the store cannot be used
   */
  public List<String> tasks() {
    return store.names();
  }

  /** Closes the store. */
  @Override
  public void close() {
    store.close();
  }

  /** Returns the store's name. */
  @Override
  public String toString() {
    return store.toString();
  }
}
