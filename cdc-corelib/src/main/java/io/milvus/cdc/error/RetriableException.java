package io.milvus.cdc.error;

import org.jspecify.annotations.Nullable;

/**
 * Thrown if a passing fault occurred: the same work may succeed later. The engine retries with
 * growing pauses.
 */
public class RetriableException extends CdcException {
  private static final long serialVersionUID = 1L;

  public RetriableException(String message) {
    super(message);
  }

  public RetriableException(String message, @Nullable Throwable cause) {
    super(message, cause);
  }
}
