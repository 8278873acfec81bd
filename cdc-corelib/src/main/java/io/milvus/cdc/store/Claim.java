package io.milvus.cdc.store;

import java.util.Optional;

/** The right to replace the text under one name. For one thread at a time, but for its end. */
public interface Claim extends AutoCloseable {
  /**
   * The last text that was saved, empty where there is none.
   *
   * @throws io.milvus.cdc.error.CorruptCheckpointException where it is damaged; never empty then
   */
  Optional<String> load();

  /**
   * Replaces the text; returns when the new one survives a crash.
   *
   * @throws io.milvus.cdc.error.StaleOwnerException where another owner has taken over
   * @throws io.milvus.cdc.error.RetriableException where the store cannot be reached now; it may
   *     have the new text or the last one
   * @throws io.milvus.cdc.error.CheckpointException where a person must do something about it
   */
  void save(String text);

  /** Removes the text. Idempotent. */
  void delete();

  /**
   * Makes sure that nobody else can be the owner at this moment. Asks nobody, so it is cheap enough
   * to be called before whatever only an owner may do. Any thread may call it.
   *
   * @throws io.milvus.cdc.error.StaleOwnerException where somebody may have taken over
   */
  void requireOwned();

  /** Gives the ownership up. The text stays. Idempotent. */
  @Override
  void close();
}
