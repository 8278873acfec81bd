package io.milvus.cdc.error;

import org.jspecify.annotations.Nullable;

/**
 * Thrown if a request ended without an answer, so that it may or may not have been applied. Resume
 * from the checkpoint.
 */
public class UnknownOutcomeException extends RetriableException {
  private static final long serialVersionUID = 1L;

  /** Says what happened, and what to do about it; both as in {@link CdcException}. */
  public UnknownOutcomeException(String what, String cure) {
    super(what, cure);
  }

  /** Says what happened, and what to do about it; both as in {@link CdcException}. */
  public UnknownOutcomeException(String what, String cure, @Nullable Throwable cause) {
    super(what, cure, cause);
  }
}
