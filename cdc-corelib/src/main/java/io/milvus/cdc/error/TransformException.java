package io.milvus.cdc.error;

import org.jspecify.annotations.Nullable;

/** A task's transform threw, which it does again until it, or what it is shown, is another. */
public class TransformException extends CdcException {
  private static final long serialVersionUID = 1L;

  public TransformException(String message) {
    super(message);
  }

  public TransformException(String message, @Nullable Throwable cause) {
    super(message, cause);
  }
}
