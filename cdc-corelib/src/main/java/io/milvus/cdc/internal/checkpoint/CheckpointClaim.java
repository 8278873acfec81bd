package io.milvus.cdc.internal.checkpoint;

import io.milvus.cdc.error.CorruptCheckpointException;
import io.milvus.cdc.store.Claim;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * Grants the right to move one task's checkpoint. For one thread at a time, except {@link
 * #requireOwned} and {@link #close}, which any thread may call.
 */
public final class CheckpointClaim implements AutoCloseable {
  private final Claim claim;
  private final CheckpointJson json = new CheckpointJson();

  CheckpointClaim(Claim claim) {
    this.claim = claim;
  }

  /**
   * Returns the last checkpoint that was saved, or empty for a new task. If a save ended without an
   * answer, this call settles it: the checkpoint that it returns, new or old, stays.
   *
   * @throws CorruptCheckpointException if the checkpoint is damaged; the result is never empty then
   * @throws io.milvus.cdc.error.RetriableException if the store is unreachable
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
          "Restore it from a backup of this very moment. An older generation repeats all"
              + " later messages, so rows may double. Or delete the task and the target's"
              + " collections, and create the task again.",
          e);
    }
  }

  /**
   * Replaces the checkpoint. Returns when the new checkpoint survives a crash.
   *
   * @throws io.milvus.cdc.error.StaleOwnerException if another owner has taken over
   * @throws io.milvus.cdc.error.UnknownOutcomeException if the store was unreachable for too long,
   *     so that the new checkpoint may have been saved; {@link #load} settles that
   */
  public void save(Checkpoint checkpoint) {
    claim.save(json.write(checkpoint));
  }

  /**
   * Removes the checkpoint.
   *
   * @throws io.milvus.cdc.error.StaleOwnerException if another owner has taken over
   * @throws io.milvus.cdc.error.UnknownOutcomeException if the store was unreachable for too long;
   *     the call can be repeated
   */
  public void delete() {
    claim.delete();
  }

  /**
   * Returns only if the task is certainly owned at this moment. Contacts nothing, so it is cheap
   * enough to precede each request that only the owner may send.
   *
   * @throws io.milvus.cdc.error.StaleOwnerException if another owner has taken over, or if
   *     ownership cannot be verified because the store is unreachable; in the latter case a later
   *     call succeeds once the store has confirmed the claim
   */
  public void requireOwned() {
    claim.requireOwned();
  }

  /** Releases the ownership. The checkpoint stays. Idempotent. */
  @Override
  public void close() {
    claim.close();
  }
}
