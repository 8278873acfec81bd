package io.milvus.cdc.error;

import org.jspecify.annotations.Nullable;

/** The target refuses a change for good; retrying does not help. */
public class TargetException extends CdcException {
  private static final long serialVersionUID = 1L;

  public TargetException(String message) {
    super(message);
  }

  public TargetException(String message, @Nullable Throwable cause) {
    super(message, cause);
  }
}
