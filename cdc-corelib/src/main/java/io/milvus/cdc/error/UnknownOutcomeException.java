package io.milvus.cdc.error;

import org.jspecify.annotations.Nullable;

/**
 * Thrown if a request ended without an answer, so that it may or may not have been applied. Resume
 * from the checkpoint.
 */
public class UnknownOutcomeException extends RetriableException {
  private static final long serialVersionUID = 1L;

  public UnknownOutcomeException(String message) {
    super(message);
  }

  public UnknownOutcomeException(String message, @Nullable Throwable cause) {
    super(message, cause);
  }
}
