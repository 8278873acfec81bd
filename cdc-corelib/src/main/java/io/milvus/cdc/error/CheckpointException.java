package io.milvus.cdc.error;

import org.jspecify.annotations.Nullable;

/** Thrown if a checkpoint cannot be read or stored. */
public class CheckpointException extends CdcException {
  private static final long serialVersionUID = 1L;

  /** Says what happened, and what to do about it; both as in {@link CdcException}. */
  public CheckpointException(String what, String cure) {
    super(what, cure);
  }

  /** Says what happened, and what to do about it; both as in {@link CdcException}. */
  public CheckpointException(String what, String cure, @Nullable Throwable cause) {
    super(what, cure, cause);
  }
}
