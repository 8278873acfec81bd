package io.milvus.cdc.sources;

import io.milvus.cdc.preflight.Inspection;

/** Where changes come from. Immutable and reusable: every task opens a session of its own. */
public interface ChangeSource {
  /**
   * Finds out whether a session can be opened, without leaving anything behind. What is wrong is
   * told, never thrown; the rest is looked at all the same.
   */
  Inspection check() throws InterruptedException;

  /**
   * Opens a session.
   *
   * @param task names what the session keeps on the source, such as durable subscriptions
   * @throws io.milvus.cdc.error.RetriableException where the source cannot be reached now
   */
  SourceSession open(String task);

  /**
   * Whether a topic of a queue has the name of one that the source writes to, or may: nobody else
   * may write there. Asks nobody.
   */
  default boolean owns(String topic) {
    return false;
  }

  /** Removes what sessions of this task keep on the source. Idempotent. */
  void forget(String task);

  /**
   * Opens a view of what the source keeps for tasks, whether they are connected or not. Contacts
   * nothing yet.
   */
  default SourceRetention retention() {
    return SourceRetention.UNKNOWN;
  }
}
