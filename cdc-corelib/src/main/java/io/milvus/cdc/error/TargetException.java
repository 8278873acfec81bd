package io.milvus.cdc.error;

import org.jspecify.annotations.Nullable;

/** The target refuses a change for good; retrying does not help. */
public class TargetException extends CdcException {
  private static final long serialVersionUID = 1L;

  /** Says what happened, and what to do about it; both as in {@link CdcException}. */
  public TargetException(String what, String cure) {
    super(what, cure);
  }

  /** Says what happened, and what to do about it; both as in {@link CdcException}. */
  public TargetException(String what, String cure, @Nullable Throwable cause) {
    super(what, cure, cause);
  }
}
