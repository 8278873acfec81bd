package io.milvus.cdc.store;

import java.util.List;
import java.util.Optional;

/** Keeps texts of up to several megabytes under names. Thread-safe. */
public interface Store extends AutoCloseable {
  /**
   * Becomes the owner of a name, which need not have a text yet.
   *
   * @throws io.milvus.cdc.error.AlreadyOwnedException where another owner is known to live
   * @throws io.milvus.cdc.error.CheckpointException where the store cannot be used
   */
  Claim claim(String name);

  /**
   * The last text under a name, whoever owns it, who may save another one meanwhile. Leaves nothing
   * behind.
   *
   * @throws io.milvus.cdc.error.CorruptCheckpointException where it is damaged
   */
  Optional<String> read(String name);

  /** The names that have a text, in no order. */
  List<String> names();

  /** Gives up the claims that are open; whoever uses them is to be closed before. Idempotent. */
  @Override
  default void close() {}

  /** A name of the store for people, without secrets. */
  @Override
  String toString();
}
