package io.milvus.cdc.target;

/** Where changes go. Immutable and reusable: every task opens a session of its own. */
public interface ChangeTarget {
  /**
   * Finds out whether changes can be applied, without leaving anything behind.
   *
   * @throws io.milvus.cdc.error.ConfigException with the cure, where they cannot
   */
  void check();

  /**
   * Opens a session.
   *
   * @param memento what {@link TargetSession#memento} said when the checkpoint was stored, empty
   *     for a new task
   * @param ceiling nothing that earlier sessions sent has a timestamp above this one
   * @throws io.milvus.cdc.error.RetriableException where the target cannot be reached now
   */
  TargetSession open(String memento, long ceiling) throws InterruptedException;
}
