package io.milvus.cdc.target;

import java.util.List;

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

  /**
   * Lets the target take writes of others, once its own time is past the ceiling. Idempotent.
   *
   * @param ceiling nothing that any session sent has a timestamp above this one
   * @return what is left for a person to do, in words, with the commands; empty where the target
   *     takes writes now
   * @throws io.milvus.cdc.error.RetriableException where the target cannot be asked now
   */
  List<String> promote(long ceiling) throws InterruptedException;

  /**
   * Lets the target take changes again, and nothing else. Idempotent.
   *
   * @return nothing on the target has a timestamp above this one
   * @throws io.milvus.cdc.error.ConfigException where a person must do that, with the command
   * @throws io.milvus.cdc.error.RetriableException where the target cannot be asked now
   */
  long demote() throws InterruptedException;
}
