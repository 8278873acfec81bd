package io.milvus.cdc;

import java.time.Duration;
import java.util.concurrent.TimeoutException;

/** A handle on a task that was submitted to an engine. Thread-safe. */
public interface CdcTask {
  String id();

  TaskState state();

  /** How the task is doing, computed now. Never blocks on the network. */
  TaskStatus status();

  /**
   * Stops replicating, and lets the target's clock stand at a consistent cut. The source keeps what
   * it writes meanwhile for the task, which takes room there. Idempotent.
   */
  void pause();

  /** Goes on after {@link #pause} or a failure. Idempotent. */
  void resume();

  /**
   * Stops the task for good and removes its checkpoint and its subscriptions on the source.
   * Idempotent; does nothing once the engine is closed.
   */
  void delete();

  /**
   * Waits until everything that the source had when this was called is on the target.
   *
   * @throws TimeoutException where that takes longer, or the task stops meanwhile
   */
  void awaitCaughtUp(Duration atMost) throws InterruptedException, TimeoutException;

  /**
   * Waits until the task is in this state.
   *
   * @throws TimeoutException where that takes longer
   */
  void awaitState(TaskState state, Duration atMost) throws InterruptedException, TimeoutException;
}
