package io.milvus.cdc.internal.engine;

import io.milvus.cdc.catalog.Catalog;
import java.util.List;

/**
 * Keeps one kind of state in sync beside the rows, such as indexes or users. Rows never wait for
 * its steps. For one thread, except {@link #limitations}.
 */
interface Follower {
  /**
   * Plans the next steps. Called after each change of either catalog.
   *
   * @param has the part of the source's catalog that the target has
   */
  default void plan(Catalog has, Catalog source) {}

  /** Notes one turn of the replication. Must not block. */
  default void turn(Turn turn) {}

  /** Returns whether the checkpoint must be stored before the next step. Resets the answer. */
  default boolean mustStoreFirst() {
    return false;
  }

  /** Returns whether a step could be performed now. */
  default boolean isDue() {
    return false;
  }

  /** Performs one step that is due. Returns false if there is none. */
  default boolean step() throws InterruptedException {
    return false;
  }

  /**
   * Returns the state that the target could not reproduce, in sentences for people. From any
   * thread.
   */
  List<String> limitations();
}
