package io.milvus.cdc.error;

import org.jspecify.annotations.Nullable;

/** Thrown if another engine owns the task's checkpoint. This engine must stop. */
public class StaleOwnerException extends CheckpointException {
  private static final long serialVersionUID = 1L;

  public StaleOwnerException(String message) {
    super(message);
  }

  public StaleOwnerException(String message, @Nullable Throwable cause) {
    super(message, cause);
  }
}
