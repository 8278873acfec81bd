package io.milvus.cdc;

import io.milvus.cdc.annotation.Incubating;
import java.time.Duration;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeoutException;

/** A handle on a task that was submitted to an engine. Thread-safe. */
public interface CdcTask {
  String id();

  TaskState state();

  /** How the task is doing, computed now. Never blocks on the network. */
  TaskStatus status();

  /**
   * Stops replication at a consistent cut. Until the task resumes, {@link TaskStatus#retention}
   * reports what the source's queue keeps for it, and until when. Idempotent. Blocks until the
   * request that is under way has ended, for six seconds at most.
   */
  void pause();

  /**
   * Goes on after {@link #pause} or a failure. Idempotent.
   *
   * @throws io.milvus.cdc.error.PromotedException after {@link #promote}
   */
  void resume();

  /**
   * Fails over: stops replicating at a consistent cut, and lets the target take writes of others
   * once its own time is past everything that was sent. Works without the source, too. May be
   * repeated where it failed on the way.
   *
   * <p>From the moment the task has stopped it is {@link TaskState#PROMOTING}, also for whoever
   * submits it again, in any process. It is {@link TaskState#PROMOTED} once the target says that it
   * takes writes. Other tasks of this engine for the same target must be promoted as well: the
   * target stays a standby until the last of them is.
   *
   * @return where it stopped; the target takes writes
   * @throws io.milvus.cdc.PromotionPendingException if the target takes no writes yet, with what is
   *     left to do before this is called again
   * @throws io.milvus.cdc.error.IllegalTaskStateException if the task has never begun, or is closed
   * @throws io.milvus.cdc.error.RetriableException if the target is unreachable
   */
  @Incubating
  Promotion promote() throws InterruptedException;

  /**
   * Undoes a {@link #promote}, a begun one, too: makes the target a standby again, and the task a
   * paused one. What others wrote to the target meanwhile stays there, and the source knows nothing
   * of it: drop what was changed, or compare, before you {@link #resume}. Soon after a promotion a
   * Milvus 2.3 takes nothing for 45 s.
   *
   * @throws io.milvus.cdc.error.IllegalTaskStateException if the task is not promoted
   * @throws io.milvus.cdc.error.ConfigException if a person must make the target a standby first
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
   * Returns a stage that completes once everything that the source had when this was called is on
   * the target. Never blocks. Completes on a thread of the common pool.
   *
   * <p>It completes exceptionally as {@link #awaitCaughtUp} throws, if the task stops before that.
   */
  CompletionStage<Void> caughtUp();

  /**
   * Returns a stage that completes with the state in which the task next ends: failed, promoted,
   * closed or deleted, at once if it is in one of these. A pause ends nothing, and neither does a
   * fault that is retried. Never blocks. Completes on a thread of the common pool.
   */
  CompletionStage<TaskState> termination();

  /**
   * Waits until everything that the source had when this was called is on the target. Blocks for
   * that long, at most {@code atMost}.
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
