package io.milvus.cdc.error;

import org.jspecify.annotations.Nullable;

/**
 * Thrown if a task's transform threw. Retrying does not help: the transform or its input must
 * change.
 */
public class TransformException extends CdcException {
  private static final long serialVersionUID = 1L;

  public TransformException(String message) {
    super(message);
  }

  public TransformException(String message, @Nullable Throwable cause) {
    super(message, cause);
  }
}
