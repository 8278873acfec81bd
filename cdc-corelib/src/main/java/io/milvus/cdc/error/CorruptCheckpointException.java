package io.milvus.cdc.error;

import org.jspecify.annotations.Nullable;

/**
 * Thrown if a stored checkpoint is damaged. A damaged checkpoint is never treated as an empty
 * start.
 */
public class CorruptCheckpointException extends CheckpointException {
  private static final long serialVersionUID = 1L;

  public CorruptCheckpointException(String message) {
    super(message);
  }

  public CorruptCheckpointException(String message, @Nullable Throwable cause) {
    super(message, cause);
  }
}
