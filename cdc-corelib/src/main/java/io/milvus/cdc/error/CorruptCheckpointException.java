package io.milvus.cdc.error;

import org.jspecify.annotations.Nullable;

/** A stored checkpoint is damaged. It is never taken for an empty start. */
public class CorruptCheckpointException extends CheckpointException {
  private static final long serialVersionUID = 1L;

  public CorruptCheckpointException(String message) {
    super(message);
  }

  public CorruptCheckpointException(String message, @Nullable Throwable cause) {
    super(message, cause);
  }
}
