package io.milvus.cdc.error;

import org.jspecify.annotations.Nullable;

/** The task or the engine is in a state that does not allow the call. Its configuration is fine. */
public class IllegalTaskStateException extends CdcException {
  private static final long serialVersionUID = 1L;

  public IllegalTaskStateException(String message) {
    super(message);
  }

  public IllegalTaskStateException(String message, @Nullable Throwable cause) {
    super(message, cause);
  }
}
