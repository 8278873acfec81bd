package io.milvus.cdc.deadletter;

import java.util.List;

/** Stores the dead letters of tasks. Thread-safe. */
public interface DeadLetters {
  /**
   * Stores letters, and returns when they survive a crash. Blocks for that long.
   *
   * @return the letters that were not stored before, as far as that can be determined
   * @throws io.milvus.cdc.error.RetriableException if that is impossible now, such as on a full
   *     disk; the task waits and does not pass the messages
   */
  List<DeadLetter> keep(String task, List<DeadLetter> letters);

  /** Returns the name of the place for people, without secrets. */
  @Override
  String toString();
}
