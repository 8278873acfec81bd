package io.milvus.cdc;

import io.milvus.cdc.deadletter.DeadLetters;

/**
 * Decides how a task treats a message that it cannot handle. Such a message cannot be decoded, or
 * the task's transform throws on it, or the target rejects it for good. If a change of the catalog
 * cannot be applied, the task always stops, because later changes depend on it.
 */
public sealed interface UnhandledPolicy {
  /** Stops the task, which fails with the message and the reason. Nothing is lost. */
  record Stop() implements UnhandledPolicy {}

  /**
   * Stores the message as a dead letter, and the task continues with the next one. The letter is on
   * disk before the checkpoint passes the message. If it cannot be stored, the task waits.
   *
   * @param letters the store of dead letters
   */
  record SetAside(DeadLetters letters) implements UnhandledPolicy {}

  /** Returns the policy that stops the task. */
  static UnhandledPolicy stop() {
    return new Stop();
  }

  /** Returns the policy that stores the message as a dead letter. */
  static UnhandledPolicy setAside(DeadLetters letters) {
    return new SetAside(letters);
  }
}
