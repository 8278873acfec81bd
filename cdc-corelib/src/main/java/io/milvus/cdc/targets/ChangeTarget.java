package io.milvus.cdc.targets;

import io.milvus.cdc.event.SchemaEvent;
import io.milvus.cdc.preflight.Finding;
import io.milvus.cdc.preflight.Inspection;
import java.util.List;

/**
 * Applies changes to one target. Immutable and reusable: every task opens a session of its own.
 * Implementations must be thread-safe.
 */
public interface ChangeTarget {
  /**
   * Checks whether changes can be applied, and changes nothing. Problems are returned as findings,
   * never thrown, so that all parts are checked. A promoted target is not a problem here, because
   * {@link #demote} leads back. Blocks until all parts have answered or timed out.
   */
  Inspection check() throws InterruptedException;

  /**
   * Checks whether a task could create these collections and fill them, and changes nothing. Blocks
   * until the target has answered.
   *
   * @param rows which of their rows the target may have already
   * @throws io.milvus.cdc.error.RetriableException if the target is unreachable
   */
  List<Finding> check(List<SchemaEvent.CreateCollection> wanted, RowsOnTarget rows)
      throws InterruptedException;

  /**
   * Returns the names of the topics that it writes to for any change, without their tenant or
   * namespace. By default empty, as for a target that is not a queue.
   */
  default List<String> topics() {
    return List.of();
  }

  /**
   * Opens a session. May switch the target to the mode in which it accepts changes, if the user
   * allowed that and the target was not promoted. Blocks until the target has answered.
   *
   * @throws io.milvus.cdc.error.RetriableException if the target is unreachable
   */
  TargetSession open(Opening opening) throws InterruptedException;

  /**
   * Lets the target accept client writes, once its own clock has passed the ceiling. Idempotent.
   * Blocks for that long.
   *
   * @param ceiling the highest timestamp that any session may have sent
   * @return the steps that are left for an operator, in words, with the commands; empty once the
   *     target reports that it accepts client writes
   * @throws io.milvus.cdc.error.RetriableException if the target is unreachable
   */
  List<String> promote(long ceiling) throws InterruptedException;

  /**
   * Lets the target accept changes of tasks again, and no other writes. Idempotent. Blocks until
   * the target has answered.
   *
   * @return a timestamp that is not below any timestamp on the target
   * @throws io.milvus.cdc.error.ConfigException with the command, if an operator must do that
   * @throws io.milvus.cdc.error.RetriableException if the target is unreachable
   */
  long demote() throws InterruptedException;
}
