package io.milvus.cdc.checkpoint;

import io.milvus.cdc.error.CorruptCheckpointException;
import io.milvus.cdc.store.Claim;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * The right to move one task's checkpoint. For one thread at a time, but for {@link #requireOwned}.
 */
public final class CheckpointClaim implements AutoCloseable {
  private final Claim claim;

  CheckpointClaim(Claim claim) {
    this.claim = claim;
  }

  /**
   * The last checkpoint that was saved, empty for a new task.
   *
   * @throws CorruptCheckpointException where it is damaged; never an empty start
   */
  public Optional<Checkpoint> load() {
    return parse(claim::load);
  }

  static Optional<Checkpoint> parse(Supplier<Optional<String>> text) {
    try {
      return text.get().map(CheckpointJson::read);
    } catch (CorruptCheckpointException e) {
      throw new CorruptCheckpointException(
          ("Checkpoint %s Nothing was started. Restore it from a backup of this very moment; an older"
                  + " generation repeats what came after it, so rows may double. Or delete the task and"
                  + " the target's collections, and start anew.")
              .formatted(e.getMessage()),
          e);
    }
  }

  /**
   * Replaces the checkpoint; returns when the new one survives a crash.
   *
   * @throws io.milvus.cdc.error.StaleOwnerException where another owner has taken over
   * @throws io.milvus.cdc.error.RetriableException where the store cannot be reached now; what it
   *     has then is either this checkpoint or the one before
   */
  public void save(Checkpoint checkpoint) {
    claim.save(CheckpointJson.write(checkpoint));
  }

  /** Forgets the task. */
  public void delete() {
    claim.delete();
  }

  /**
   * Makes sure that nobody else can be the owner at this moment. Cheap; any thread may call it.
   *
   * @throws io.milvus.cdc.error.StaleOwnerException where somebody may have taken over
   */
  public void requireOwned() {
    claim.requireOwned();
  }

  /** Gives the ownership up. The checkpoint stays. Idempotent. */
  @Override
  public void close() {
    claim.close();
  }
}
