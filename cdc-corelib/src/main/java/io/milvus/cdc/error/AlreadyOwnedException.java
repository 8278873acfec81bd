package io.milvus.cdc.error;

import org.jspecify.annotations.Nullable;

/**
 * Another living owner has the task. Nothing was started. Where that owner was killed, a store with
 * leases gives the task away once its lease has passed: try again then.
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
