package io.milvus.cdc.error;

import org.jspecify.annotations.Nullable;

/**
 * Thrown if the state of the task or the engine does not allow the call. Its configuration is
 * valid.
 */
public class IllegalTaskStateException extends CdcException {
  private static final long serialVersionUID = 1L;

  public IllegalTaskStateException(String message) {
    super(message);
  }

  public IllegalTaskStateException(String message, @Nullable Throwable cause) {
    super(message, cause);
  }
}
