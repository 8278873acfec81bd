package io.milvus.cdc.targets;

import io.milvus.cdc.event.SchemaEvent;
import io.milvus.cdc.preflight.Finding;
import io.milvus.cdc.preflight.Inspection;
import java.util.List;

/** Where changes go. Immutable and reusable: every task opens a session of its own. */
public interface ChangeTarget {
  /**
   * Finds out whether changes can be applied, without leaving anything behind. What is wrong is
   * told, never thrown; the rest is looked at all the same. That the target was given over by
   * {@link #promote} is nothing wrong here: it can still be taken back.
   */
  Inspection check() throws InterruptedException;

  /**
   * Finds out whether a task could make these collections and fill them, without leaving anything
   * behind.
   *
   * @param fromTheBeginning whether the target must not have any of their rows yet
   * @throws io.milvus.cdc.error.RetriableException where the target cannot be asked now
   */
  List<Finding> check(List<SchemaEvent.CreateCollection> wanted, boolean fromTheBeginning)
      throws InterruptedException;

  /**
   * The names of the topics that it writes to, whatever changes, without what their queue puts
   * before them. By default there are none, as for a target that is no queue.
   */
  default List<String> topics() {
    return List.of();
  }

  /**
   * Opens a session. May bring the target into the mode that it takes changes in, where the user
   * allowed that and it was not given over.
   *
   * @throws io.milvus.cdc.error.RetriableException where the target cannot be reached now
   */
  TargetSession open(Opening opening) throws InterruptedException;

  /**
   * Lets the target take writes of others, once its own time is past the ceiling. Idempotent.
   *
   * @param ceiling nothing that any session sent has a timestamp above this one
   * @return what is left for a person to do, in words, with the commands; empty once the target
   *     says that it takes writes
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
