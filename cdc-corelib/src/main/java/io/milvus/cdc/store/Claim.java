package io.milvus.cdc.store;

import java.util.Optional;

/**
 * The right to replace the text under one name. For one thread at a time, but for {@link
 * #requireOwned} and {@link #close}, which any thread may call.
 */
public interface Claim extends AutoCloseable {
  /**
   * The last text that was saved, empty where there is none. After a save that ended without an
   * answer this decides it: either the new one is returned, or the old one, which then stays.
   *
   * @throws io.milvus.cdc.error.CorruptCheckpointException where it is damaged; never empty then
   * @throws io.milvus.cdc.error.RetriableException where the store is away for now
   */
  Optional<String> load();

  /**
   * Replaces the text; returns when the new one survives a crash.
   *
   * @throws io.milvus.cdc.error.StaleOwnerException where another owner has taken over
   * @throws io.milvus.cdc.error.UnknownOutcomeException where the store was away for too long: the
   *     new one may have been saved; {@link #load} tells
   */
  void save(String text);

  /**
   * Removes the text.
   *
   * @throws io.milvus.cdc.error.StaleOwnerException where another owner has taken over
   * @throws io.milvus.cdc.error.UnknownOutcomeException where the store was away for too long; it
   *     can be repeated
   */
  void delete();

  /**
   * Returns only where the name certainly still is owned at this moment. Cheap: asks nobody, so it
   * can come before each request that only the owner may send.
   *
   * @throws io.milvus.cdc.error.StaleOwnerException where another owner has taken over, and also
   *     where none may have but nobody could tell, because the store is away: then it passes again
   *     once the store has confirmed that the name is ours
   */
  void requireOwned();

  /** Gives the ownership up. The text stays. Idempotent. */
  @Override
  void close();
}
