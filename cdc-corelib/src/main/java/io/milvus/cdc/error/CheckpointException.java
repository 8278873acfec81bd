package io.milvus.cdc.error;

import org.jspecify.annotations.Nullable;

/** Thrown if a checkpoint cannot be read or stored. */
public class CheckpointException extends CdcException {
  private static final long serialVersionUID = 1L;

  public CheckpointException(String message) {
    super(message);
  }

  public CheckpointException(String message, @Nullable Throwable cause) {
    super(message, cause);
  }
}
