package io.milvus.cdc;

import io.milvus.cdc.endpoint.Secret;
import java.util.Optional;

/**
 * Tells the passwords of users, which a Milvus keeps as hashes only. Called on threads of the
 * engine's, when a user is to be made on a target and whenever a task connects anew; it should
 * answer in a moment.
 */
@FunctionalInterface
public interface PasswordSource {
  /** Nobody's password is known. */
  PasswordSource NONE = user -> Optional.empty();

  /**
   * The user's password on the source, as it is now. Empty where it is not known: then the user is
   * not made, and the task's status says so.
   */
  Optional<Secret> passwordOf(String user);
}
