package io.milvus.cdc.error;

import org.jspecify.annotations.Nullable;

/** Thrown if the target rejects a change for good. Retrying does not help. */
public class TargetException extends CdcException {
  private static final long serialVersionUID = 1L;

  public TargetException(String message) {
    super(message);
  }

  public TargetException(String message, @Nullable Throwable cause) {
    super(message, cause);
  }
}
