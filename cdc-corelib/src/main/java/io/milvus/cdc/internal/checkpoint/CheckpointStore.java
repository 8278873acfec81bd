package io.milvus.cdc.internal.checkpoint;

import io.milvus.cdc.error.AlreadyOwnedException;
import io.milvus.cdc.error.CorruptCheckpointException;
import io.milvus.cdc.store.Store;
import java.util.List;
import java.util.Optional;

/** The checkpoints of many tasks, each in a store under its task's id. Thread-safe. */
public final class CheckpointStore implements AutoCloseable {
  private final Store store;

  private CheckpointStore(Store store) {
    this.store = store;
  }

  /** The checkpoints in this store, which should have nothing else. */
  public static CheckpointStore in(Store store) {
    return new CheckpointStore(store);
  }

  /**
   * Becomes the owner of a task's checkpoint.
   *
   * @throws AlreadyOwnedException where another owner is known to live
   * @throws io.milvus.cdc.error.CheckpointException where the store cannot be used
   */
  public CheckpointClaim claim(String task) {
    try {
      return new CheckpointClaim(store.claim(task));
    } catch (AlreadyOwnedException e) {
      throw new AlreadyOwnedException(
          "Task %s Stop that one first, or give this task another id or store."
              .formatted(e.getMessage()),
          "",
          e);
    }
  }

  /**
   * The last checkpoint of a task, whoever owns it, who may save another one meanwhile. Leaves
   * nothing behind.
   *
   * @throws CorruptCheckpointException where it is damaged
   * @throws io.milvus.cdc.error.CheckpointException where the store cannot be used
   */
  public Optional<Checkpoint> read(String task) {
    return CheckpointClaim.parse(() -> store.read(task));
  }

  /**
   * The tasks that have a checkpoint, in no order.
   *
   * @throws io.milvus.cdc.error.CheckpointException where the store cannot be used
   */
  public List<String> tasks() {
    return store.names();
  }

  /** Closes the store. */
  @Override
  public void close() {
    store.close();
  }

  /** The store's name. */
  @Override
  public String toString() {
    return store.toString();
  }
}
