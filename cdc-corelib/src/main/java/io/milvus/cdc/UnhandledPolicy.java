package io.milvus.cdc;

import io.milvus.cdc.deadletter.DeadLetters;

/**
 * What a task does with a message that it cannot handle: one that it cannot decode, on which its
 * transform throws, or that the target refuses for good. A change of the catalog that cannot be
 * applied always stops the task, because what follows depends on it.
 */
public sealed interface UnhandledPolicy {
  /** The task fails, and says which message and why. Nothing is lost. */
  record Stop() implements UnhandledPolicy {}

  /**
   * The message is kept elsewhere, and the task goes on with the next one. It is on disk before the
   * checkpoint passes it; where it cannot be kept the task waits.
   */
  record SetAside(DeadLetters letters) implements UnhandledPolicy {}

  static UnhandledPolicy stop() {
    return new Stop();
  }

  static UnhandledPolicy setAside(DeadLetters letters) {
    return new SetAside(letters);
  }
}
