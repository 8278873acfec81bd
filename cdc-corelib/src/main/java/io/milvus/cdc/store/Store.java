package io.milvus.cdc.store;

import java.util.List;
import java.util.Optional;

/**
 * Stores texts of up to several megabytes under names. Thread-safe. Methods may block on a disk or
 * the network; each store documents for how long.
 */
public interface Store extends AutoCloseable {
  /**
   * Becomes the owner of a name. The name need not have a text yet.
   *
   * @throws io.milvus.cdc.error.AlreadyOwnedException if another owner is known to live
   * @throws io.milvus.cdc.error.CheckpointException if the store cannot be used
   */
  Claim claim(String name);

  /**
   * Returns the last text under a name, or empty if there is none. Ownership does not matter, and
   * the owner may save another text meanwhile. Changes nothing.
   *
   * @throws io.milvus.cdc.error.CorruptCheckpointException if the text is damaged
   * @throws io.milvus.cdc.error.CheckpointException if the store cannot be used
   */
  Optional<String> read(String name);

  /**
   * Returns the names that have a text, in no order.
   *
   * @throws io.milvus.cdc.error.CheckpointException if the store cannot be used
   */
  List<String> names();

  /** Releases the open claims. Close their users first. Idempotent. */
  @Override
  default void close() {}

  /** Returns the name of the store for people, without secrets. */
  @Override
  String toString();
}
