package io.milvus.cdc.sources;

import java.util.Collection;
import java.util.Map;

/**
 * Reports the messages that a source retains for tasks, and its limits. For one thread. Methods
 * block until the source has answered.
 */
public interface SourceRetention extends AutoCloseable {
  /** A view of a source that reports nothing. */
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
   * Returns the messages that the source retains for each of these tasks. A task is missing if that
   * is unknown. Removes the remaining pins of a task that is set not to pin.
   *
   * @throws io.milvus.cdc.error.RetriableException if the source is unreachable
   */
  Map<String, Retained> retained(Collection<String> tasks);

  /**
   * Returns the tasks that have state at the source which no process uses at present, with the
   * bytes that are retained for each.
   *
   * @throws io.milvus.cdc.error.RetriableException if the source is unreachable
   */
  Map<String, Long> unused();

  /**
   * Lets the source delete messages that a task has not read, although the task may still need
   * them. An open session of the task continues to read. A new session does not pin either.
   *
   * @throws io.milvus.cdc.error.RetriableException if the source is unreachable
   */
  void unpin(String task);

  /**
   * Undoes {@link #unpin} if the task is connected: the source retains unread messages again.
   *
   * @return whether the task is connected
   * @throws io.milvus.cdc.error.RetriableException if the source is unreachable
   */
  boolean pin(String task);

  @Override
  void close();
}
