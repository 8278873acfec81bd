package io.milvus.cdc.internal.checkpoint;

import io.milvus.cdc.error.CorruptCheckpointException;
import io.milvus.cdc.store.Claim;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * The right to move one task's checkpoint. For one thread at a time, but for {@link #requireOwned}
 * and {@link #close}, which any thread may call.
 */
public final class CheckpointClaim implements AutoCloseable {
  private final Claim claim;
  private final CheckpointJson json = new CheckpointJson();

  CheckpointClaim(Claim claim) {
    this.claim = claim;
  }

  /**
   * The last checkpoint that was saved, empty for a new task. After a save that ended without an
   * answer this decides it: either the new one is returned, or the old one, which then stays.
   *
   * @throws CorruptCheckpointException where it is damaged; never an empty start
   * @throws io.milvus.cdc.error.RetriableException where the store is away for now
   */
  public Optional<Checkpoint> load() {
    return parse(claim::load);
  }

  static Optional<Checkpoint> parse(Supplier<Optional<String>> text) {
    try {
      return text.get().map(CheckpointJson::read);
    } catch (CorruptCheckpointException e) {
      throw new CorruptCheckpointException(
          "Checkpoint %s Nothing was started.".formatted(e.getMessage()),
          "Restore it from a backup of this very moment; an older generation repeats "
              + "what came after it, so rows may double. Or delete the task and the target's "
              + "collections, and start anew.",
          e);
    }
  }

  /**
   * Replaces the checkpoint; returns when the new one survives a crash.
   *
   * @throws io.milvus.cdc.error.StaleOwnerException where another owner has taken over
   * @throws io.milvus.cdc.error.UnknownOutcomeException where the store was away for too long: the
   *     new one may have been saved; {@link #load} tells
   */
  public void save(Checkpoint checkpoint) {
    claim.save(json.write(checkpoint));
  }

  /**
   * Forgets the task.
   *
   * @throws io.milvus.cdc.error.StaleOwnerException where another owner has taken over
   * @throws io.milvus.cdc.error.UnknownOutcomeException where the store was away for too long; it
   *     can be repeated
   */
  public void delete() {
    claim.delete();
  }

  /**
   * Returns only where the task certainly still is owned at this moment. Cheap: asks nobody, so it
   * can come before each request that only the owner may send.
   *
   * @throws io.milvus.cdc.error.StaleOwnerException where another owner has taken over, and also
   *     where none may have but nobody could tell, because the store is away: then it passes again
   *     once the store has confirmed that the task is ours
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
