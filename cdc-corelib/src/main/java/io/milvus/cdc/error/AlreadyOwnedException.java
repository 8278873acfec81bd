package io.milvus.cdc.error;

import org.jspecify.annotations.Nullable;

/**
 * Thrown if another living owner has the task. Nothing was started. If that owner was killed, a
 * store with leases releases the task once the lease has expired; try again then.
 */
public class AlreadyOwnedException extends ConfigException {
  private static final long serialVersionUID = 1L;

  /** Says what happened, and what to do about it; both as in {@link CdcException}. */
  public AlreadyOwnedException(String what, String cure) {
    super(what, cure);
  }

  /** Says what happened, and what to do about it; both as in {@link CdcException}. */
  public AlreadyOwnedException(String what, String cure, @Nullable Throwable cause) {
    super(what, cure, cause);
  }
}
