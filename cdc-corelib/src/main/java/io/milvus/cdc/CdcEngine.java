package io.milvus.cdc;

import io.milvus.cdc.preflight.Finding;
import io.milvus.cdc.targets.ChangeTarget;
import java.util.List;
import java.util.Optional;

/**
 * Runs replication tasks from one source to one target, or to several. Thread-safe. Any number of
 * engines can live in one process; nothing is shared between them.
 */
public interface CdcEngine extends AutoCloseable {
  static CdcEngineBuilder builder() {
    return new CdcEngineBuilder();
  }

  /**
   * Starts a task, or goes on with it where its checkpoint stands; its {@link StartFrom} counts
   * only the first time.
   *
   * @throws io.milvus.cdc.error.ConfigException where another engine runs this task, where the
   *     engine does not have its target, or another task, running or not, replicates some of the
   *     same, or access as well, to that
   * @throws io.milvus.cdc.error.CorruptCheckpointException where its checkpoint is damaged
   */
  CdcTask submit(TaskSpec spec);

  /**
   * Like {@link #submit}, but the task is paused until it is resumed; one that was promoted stays
   * so. Only from its first start on does the source keep what a new task needs.
   */
  CdcTask submitPaused(TaskSpec spec);

  /**
   * One more place where changes go, for tasks that name it. Nothing is contacted: {@link #check}
   * tells whether such a task could use it. May replace one of this name that no task uses any
   * more.
   *
   * @throws io.milvus.cdc.error.ConfigException where tasks use another one of this name, or this
   *     one is there under another name
   */
  void target(String name, ChangeTarget target);

  /**
   * Tells what would keep a task from replicating, or disturb it, and what to do about each: all at
   * once, whether the task exists or not. Changes nothing, on no side. Where a part does not
   * answer, the others are checked all the same; that takes up to a minute.
   *
   * @return an empty list, or one without a blocking finding, where the task may be submitted
   */
  List<Finding> check(TaskSpec spec) throws InterruptedException;

  /**
   * Removes what the source keeps for a task that no longer exists: {@link #check} names such
   * tasks. Another engine, with another store, may have a task of this name; that one would lose
   * its place if it is paused.
   *
   * @throws io.milvus.cdc.error.ConfigException if this engine or its store has such a task, or no
   *     task can have this id
   * @throws io.milvus.cdc.error.RetriableException if the source cannot be reached now
   */
  void removeLeftovers(String task);

  /** The task of this id, where it was submitted to this engine. */
  Optional<CdcTask> task(String id);

  /** The tasks that were submitted to this engine, in no order. */
  List<CdcTask> tasks();

  /**
   * Stops all tasks at a consistent cut; their checkpoints stay. Takes seconds at most. Idempotent.
   */
  @Override
  void close();
}
