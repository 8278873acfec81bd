package io.milvus.cdc.error;

import org.jspecify.annotations.Nullable;

/**
 * Thrown if another living owner has the task. Nothing was started. If that owner was killed, a
 * store with leases releases the task once the lease has expired; try again then.
 */
public class AlreadyOwnedException extends ConfigException {
  private static final long serialVersionUID = 1L;

  public AlreadyOwnedException(String message) {
    super(message);
  }

  public AlreadyOwnedException(String message, @Nullable Throwable cause) {
    super(message, cause);
  }
}
