package io.milvus.cdc.http.task;

import java.util.List;

/** Keeps tasks through restarts of the server. Thread-safe. */
public interface TaskStore extends AutoCloseable {
  /**
   * All that were saved and not deleted.
   *
   * @throws io.milvus.cdc.error.CorruptCheckpointException where one is damaged; never fewer tasks
   */
  List<TaskRecord> load();

  /**
   * Keeps a task, or what changed of it; returns when that survives a crash.
   *
   * @throws io.milvus.cdc.error.ConfigException where it holds secrets that cannot be kept
   * @throws io.milvus.cdc.error.CheckpointException where it cannot be stored
   */
  void save(TaskRecord task);

  /** Forgets a task. Idempotent. */
  void delete(String id);

  /** Lets another server have the store. */
  @Override
  void close();
}
