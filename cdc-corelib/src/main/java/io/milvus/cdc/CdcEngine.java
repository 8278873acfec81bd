package io.milvus.cdc;

import io.milvus.cdc.preflight.Finding;
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
   * Tells what would keep a task from replicating, or disturb it, and what to do about each: all at
   * once, whether the task exists or not. Changes nothing, on no side. Where a part does not
   * answer, the others are checked all the same; that takes up to a minute.
   *
   * @return an empty list, or one without a blocking finding, where the task may be submitted
   */
  List<Finding> check(TaskSpec spec) throws InterruptedException;

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
