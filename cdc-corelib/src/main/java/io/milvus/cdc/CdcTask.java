package io.milvus.cdc;

import io.milvus.cdc.annotation.Incubating;
import java.time.Duration;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeoutException;

/** Controls a task that was submitted to an engine. Thread-safe. */
public interface CdcTask {
  /** Returns the id of the task. */
  String id();

  /** Returns the present state of the task. Never blocks. */
  TaskState state();

  /** Returns the status of the task, computed now. Never blocks on the network. */
  TaskStatus status();

  /**
   * Stops replication at a consistent cut. While the task is paused, {@link TaskStatus#retention}
   * reports the messages that the source's queue retains for it, and until when. Idempotent. Blocks
   * until the current request has ended, for six seconds at most.
   */
  void pause();

  /**
   * Resumes the task after {@link #pause} or a failure. Idempotent.
   *
   * @throws io.milvus.cdc.error.PromotedException if the task was promoted
   */
  void resume();

  /**
   * Copies collections again: the target drops them, and gets all rows that the source has stored.
   * As for bulk imports, which no channel reports. For a task that failed with {@link
   * io.milvus.cdc.error.PositionExpiredException}, resync {@link Selection#everything}: the task
   * then starts over. Returns once the order is stored in the checkpoint. A paused or failed task
   * resumes.
   *
   * <p>The task first reaches one moment of the source, and stays there until the copy is complete,
   * so that readers of the other collections still see one moment. {@link TaskStatus#existing}
   * reports the progress. {@link #awaitCaughtUp} waits for the end of the copy, too. On a standby,
   * copied rows get later timestamps than on the source. Blocks as {@link #pause} does.
   *
   * @param collections names on the source, of replicated collections
   * @param rows the rate, and whether to flush the source first
   * @throws io.milvus.cdc.error.ConfigException if no replicated collection is selected, or if the
   *     source cannot read its storage
   * @throws io.milvus.cdc.error.PromotedException if the task was promoted
   * @throws io.milvus.cdc.error.IllegalTaskStateException if the task has never begun, is closed,
   *     or is copying already; everything can be resynced during a copy, too
   */
  @Incubating
  void resync(Selection collections, StartFrom.Existing rows);

  /**
   * Fails over: stops replication at a consistent cut and lets the target accept client writes. The
   * target does so once its own clock has passed every timestamp that was sent. Works without the
   * source, too. If it fails, it can be repeated.
   *
   * <p>The task is {@link TaskState#PROMOTING} as soon as it has stopped, also if another process
   * submits it again. It is {@link TaskState#PROMOTED} once the target reports that it accepts
   * client writes. Promote the engine's other tasks for this target as well: the target stays a
   * standby until the last of them is promoted. Blocks until the target has answered.
   *
   * @return the timestamp at which the task stopped; the target accepts client writes
   * @throws io.milvus.cdc.PromotionPendingException if the target does not accept client writes
   *     yet; it lists the steps that are left before the next call
   * @throws io.milvus.cdc.error.IllegalTaskStateException if the task has never begun, is closed,
   *     or has not copied all existing rows
   * @throws io.milvus.cdc.error.RetriableException if the target is unreachable
   */
  @Incubating
  Promotion promote() throws InterruptedException;

  /**
   * Fails over as {@link #promote}, even if the copy of existing rows is not complete. The target
   * lacks rows then. For a source that is lost for good.
   *
   * @throws io.milvus.cdc.PromotionPendingException as in {@link #promote}
   * @throws io.milvus.cdc.error.IllegalTaskStateException if the task has never begun, or is closed
   * @throws io.milvus.cdc.error.RetriableException if the target is unreachable
   */
  @Incubating
  Promotion promoteIncomplete() throws InterruptedException;

  /**
   * Undoes {@link #promote}, even if that is not complete: the target becomes a standby again, and
   * the task is paused. Writes of other clients stay on the target, and the source does not have
   * them. Drop the changed collections, or compare, before you {@link #resume}. Soon after a
   * promotion, a Milvus 2.3 accepts no rows for 45 s. Blocks until the target has answered.
   *
   * @throws io.milvus.cdc.error.IllegalTaskStateException if the task is not promoted
   * @throws io.milvus.cdc.error.ConfigException if an operator must turn the target into a standby
   *     first
   * @throws io.milvus.cdc.error.RetriableException if the target is unreachable
   */
  @Incubating
  void demote() throws InterruptedException;

  /**
   * Stops the task for good and removes its checkpoint and its subscriptions on the source.
   * Idempotent; does nothing once the engine is closed. Blocks as {@link #pause} does, and until
   * the source has answered.
   *
   * @throws io.milvus.cdc.error.RetriableException if the source is unreachable; the task has
   *     stopped then, and a later call removes the rest
   */
  void delete();

  /**
   * Returns a stage that completes when the target has caught up. It has caught up once everything
   * that the source had at the time of this call is on the target. Never blocks. Completes on a
   * thread of the common pool.
   *
   * <p>If the task stops before that, the stage completes with an exception of {@link
   * #awaitCaughtUp}.
   */
  CompletionStage<Void> caughtUp();

  /**
   * Returns a stage that completes with the state in which the task next ends: failed, promoted,
   * closed or deleted. It completes at once if the task is in one of these states. A pause does not
   * end a task, and neither does a fault that is retried. Never blocks. Completes on a thread of
   * the common pool.
   */
  CompletionStage<TaskState> termination();

  /**
   * Waits until everything that the source had at the time of this call is on the target. Blocks
   * for that long, at most {@code atMost}.
   *
   * @throws TimeoutException if it takes longer
   * @throws io.milvus.cdc.error.TaskFailedException if the task fails meanwhile; its cause is the
   *     failure
   * @throws io.milvus.cdc.error.IllegalTaskStateException if the task is paused, promoted, closed
   *     or deleted meanwhile
   */
  void awaitCaughtUp(Duration atMost) throws InterruptedException, TimeoutException;

  /**
   * Waits until the task is in this state. Blocks for that long, at most {@code atMost}.
   *
   * @throws TimeoutException if it takes longer
   * @throws io.milvus.cdc.error.TaskFailedException if the task fails instead; its cause is the
   *     failure
   */
  void awaitState(TaskState state, Duration atMost) throws InterruptedException, TimeoutException;
}
