package io.milvus.cdc.deadletter;

import java.util.List;

/** Keeps what tasks set aside. Thread-safe. */
public interface DeadLetters {
  /**
   * Keeps these; returns when they survive a crash.
   *
   * @return those that were not there before, as far as that can be told
   * @throws io.milvus.cdc.error.RetriableException where that is not possible now, such as on a
   *     full disk: the task waits, and passes nothing
   */
  List<DeadLetter> keep(String task, List<DeadLetter> letters);

  /** A name of the place for people, without secrets. */
  @Override
  String toString();
}
