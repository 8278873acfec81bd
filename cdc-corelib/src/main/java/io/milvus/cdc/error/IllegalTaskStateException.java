package io.milvus.cdc.error;

import org.jspecify.annotations.Nullable;

/**
 * Thrown if the state of the task or the engine does not allow the call. Its configuration is
 * valid.
 */
public class IllegalTaskStateException extends CdcException {
  private static final long serialVersionUID = 1L;

  /** Says what happened, and what to do about it; both as in {@link CdcException}. */
  public IllegalTaskStateException(String what, String cure) {
    super(what, cure);
  }

  /** Says what happened, and what to do about it; both as in {@link CdcException}. */
  public IllegalTaskStateException(String what, String cure, @Nullable Throwable cause) {
    super(what, cure, cause);
  }
}
