package io.milvus.cdc.error;

import org.jspecify.annotations.Nullable;

/** Thrown if the source's queue no longer holds the messages that the task needs next. */
public class PositionExpiredException extends SourceException {
  private static final long serialVersionUID = 1L;

  public PositionExpiredException(String message) {
    super(message);
  }

  public PositionExpiredException(String message, @Nullable Throwable cause) {
    super(message, cause);
  }
}
