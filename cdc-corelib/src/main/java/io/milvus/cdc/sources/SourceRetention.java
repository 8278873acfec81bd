package io.milvus.cdc.sources;

import java.util.Collection;
import java.util.Map;

/** What a source keeps for tasks, and its limits. For one thread. */
public interface SourceRetention extends AutoCloseable {
  /** A view of a source that says nothing. */
  SourceRetention UNKNOWN =
      new SourceRetention() {
        @Override
        public Map<String, Retained> retained(Collection<String> tasks) {
          return Map.of();
        }

        @Override
        public Map<String, Long> unused() {
          return Map.of();
        }

        @Override
        public void unpin(String task) {}

        @Override
        public boolean pin(String task) {
          return false;
        }

        @Override
        public void close() {}
      };

  /**
   * Returns what the source keeps for each of these tasks; none for a task of which that is not
   * known. Removes what is still kept for a task that is set not to pin.
   *
   * @throws io.milvus.cdc.error.RetriableException if the source cannot be asked now
   */
  Map<String, Retained> retained(Collection<String> tasks);

  /**
   * Returns the tasks for which the source keeps something that no process uses at present, and how
   * many bytes it keeps for each.
   *
   * @throws io.milvus.cdc.error.RetriableException if the source cannot be asked now
   */
  Map<String, Long> unused();

  /**
   * Lets the source delete what a task has not read, although the task may still need it. A session
   * of the task reads on, and a new one does not pin either.
   *
   * @throws io.milvus.cdc.error.RetriableException if the source cannot be asked now
   */
  void unpin(String task);

  /**
   * Undoes {@link #unpin}, if the task is connected: the source keeps again what it has not read.
   *
   * @return whether it is connected
   * @throws io.milvus.cdc.error.RetriableException if the source cannot be asked now
   */
  boolean pin(String task);

  @Override
  void close();
}
