package io.milvus.cdc.error;

import org.jspecify.annotations.Nullable;

/**
 * Thrown if a passing fault occurred: the same work may succeed later. The engine retries with
 * growing pauses.
 */
public class RetriableException extends CdcException {
  private static final long serialVersionUID = 1L;

  /** Says what happened, and what to do about it; both as in {@link CdcException}. */
  public RetriableException(String what, String cure) {
    super(what, cure);
  }

  /** Says what happened, and what to do about it; both as in {@link CdcException}. */
  public RetriableException(String what, String cure, @Nullable Throwable cause) {
    super(what, cure, cause);
  }
}
