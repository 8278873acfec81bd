package io.milvus.cdc.store;

import java.util.Optional;

/**
 * Grants the right to replace the text under one name. For one thread at a time, except for {@link
 * #requireOwned} and {@link #close}, which any thread may call.
 */
public interface Claim extends AutoCloseable {
  /**
   * Returns the last text that was saved, or empty if there is none. If a save ended without an
   * answer, this call settles it: the text that it returns, new or old, stays.
   *
   * @throws io.milvus.cdc.error.CorruptCheckpointException if the text is damaged; the result is
   *     never empty then
   * @throws io.milvus.cdc.error.RetriableException if the store is unreachable
   */
  Optional<String> load();

  /**
   * Replaces the text. Returns when the new text survives a crash.
   *
   * @throws io.milvus.cdc.error.StaleOwnerException if another owner has taken over
   * @throws io.milvus.cdc.error.UnknownOutcomeException if the store was unreachable for too long,
   *     so that the new text may have been saved; {@link #load} settles that
   */
  void save(String text);

  /**
   * Removes the text.
   *
   * @throws io.milvus.cdc.error.StaleOwnerException if another owner has taken over
   * @throws io.milvus.cdc.error.UnknownOutcomeException if the store was unreachable for too long;
   *     the call can be repeated
   */
  void delete();

  /**
   * Returns only if the name is certainly owned at this moment. Contacts nothing, so it is cheap
   * enough to precede each request that only the owner may send.
   *
   * @throws io.milvus.cdc.error.StaleOwnerException if another owner has taken over, or if
   *     ownership cannot be verified because the store is unreachable; in the latter case a later
   *     call succeeds once the store has confirmed the claim
   */
  void requireOwned();

  /** Releases the ownership. The text stays. Idempotent. */
  @Override
  void close();
}
