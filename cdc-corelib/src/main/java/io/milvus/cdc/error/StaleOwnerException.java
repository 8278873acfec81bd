package io.milvus.cdc.error;

import org.jspecify.annotations.Nullable;

/** Thrown if another engine owns the task's checkpoint. This engine must stop. */
public class StaleOwnerException extends CheckpointException {
  private static final long serialVersionUID = 1L;

  /** Says what happened, and what to do about it; both as in {@link CdcException}. */
  public StaleOwnerException(String what, String cure) {
    super(what, cure);
  }

  /** Says what happened, and what to do about it; both as in {@link CdcException}. */
  public StaleOwnerException(String what, String cure, @Nullable Throwable cause) {
    super(what, cure, cause);
  }
}
