package io.milvus.cdc.error;

import org.jspecify.annotations.Nullable;

/**
 * Thrown if a stored checkpoint is damaged. A damaged checkpoint is never treated as an empty
 * start.
 */
public class CorruptCheckpointException extends CheckpointException {
  private static final long serialVersionUID = 1L;

  /** Says what happened, and what to do about it; both as in {@link CdcException}. */
  public CorruptCheckpointException(String what, String cure) {
    super(what, cure);
  }

  /** Says what happened, and what to do about it; both as in {@link CdcException}. */
  public CorruptCheckpointException(String what, String cure, @Nullable Throwable cause) {
    super(what, cure, cause);
  }
}
