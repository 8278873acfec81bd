package io.milvus.cdc.error;

import org.jspecify.annotations.Nullable;

/** Thrown if the source's queue no longer holds the messages that the task needs next. */
public class PositionExpiredException extends SourceException {
  private static final long serialVersionUID = 1L;

  /** Says what happened, and what to do about it; both as in {@link CdcException}. */
  public PositionExpiredException(String what, String cure) {
    super(what, cure);
  }

  /** Says what happened, and what to do about it; both as in {@link CdcException}. */
  public PositionExpiredException(String what, String cure, @Nullable Throwable cause) {
    super(what, cure, cause);
  }
}
