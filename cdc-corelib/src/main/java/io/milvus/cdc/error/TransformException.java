package io.milvus.cdc.error;

import org.jspecify.annotations.Nullable;

/**
 * Thrown if a task's transform threw. Retrying does not help: the transform or its input must
 * change.
 */
public class TransformException extends CdcException {
  private static final long serialVersionUID = 1L;

  /** Says what happened, and what to do about it; both as in {@link CdcException}. */
  public TransformException(String what, String cure) {
    super(what, cure);
  }

  /** Says what happened, and what to do about it; both as in {@link CdcException}. */
  public TransformException(String what, String cure, @Nullable Throwable cause) {
    super(what, cure, cause);
  }
}
