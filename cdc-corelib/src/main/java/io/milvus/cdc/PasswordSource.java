package io.milvus.cdc;

import io.milvus.cdc.endpoint.Secret;
import java.util.Optional;

/**
 * Returns the passwords of users, because a Milvus stores hashes only. Called on threads of the
 * engine, when a user is to be created on a target and whenever a task connects again. Must return
 * quickly.
 */
@FunctionalInterface
public interface PasswordSource {
  /** A source that knows no password. */
  PasswordSource NONE = user -> Optional.empty();

  /**
   * Returns the user's present password on the source, or empty if it is unknown. If it is unknown,
   * the user is not created, and the task's status reports that.
   */
  Optional<Secret> passwordOf(String user);
}
