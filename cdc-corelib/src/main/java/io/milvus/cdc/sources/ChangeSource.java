package io.milvus.cdc.sources;

import io.milvus.cdc.preflight.Inspection;

/**
 * Provides the changes of one source. Immutable and reusable: every task opens a session of its
 * own. Implementations must be thread-safe.
 */
public interface ChangeSource {
  /**
   * Checks whether a session can be opened, and changes nothing. Problems are returned as findings,
   * never thrown, so that all parts are checked. Blocks until all parts have answered or timed out.
   */
  Inspection check() throws InterruptedException;

  /**
   * Opens a session. Blocks until the source has answered.
   *
   * @param task names the session's state on the source, such as durable subscriptions
   * @throws io.milvus.cdc.error.RetriableException if the source is unreachable
   */
  SourceSession open(String task);

  /**
   * Returns whether a topic of a queue has the name of a topic that only the source may write to.
   * Contacts nothing.
   */
  default boolean owns(String topic) {
    return false;
  }

  /** Returns whether sessions can read the rows that the source has stored. Contacts nothing. */
  default boolean readsExistingRows() {
    return false;
  }

  /** Returns whether sessions can ask the source to flush collections. Contacts nothing. */
  default boolean canFlush() {
    return false;
  }

  /**
   * Removes the state of this task's sessions on the source. Idempotent. Blocks until the source
   * has answered.
   *
   * @throws io.milvus.cdc.error.RetriableException if the source is unreachable
   */
  void forget(String task);

  /**
   * Returns a view of the messages that the source retains for tasks, connected or not. Contacts
   * nothing yet.
   */
  default SourceRetention retention() {
    return SourceRetention.UNKNOWN;
  }
}
