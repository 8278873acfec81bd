package io.milvus.cdc.error;

import org.jspecify.annotations.Nullable;

/**
 * Thrown if a server answered with a refusal that may or may not last. The engine retries, because
 * the work may succeed later. If the same refusal recurs for a while, the task fails.
 */
public class RefusedException extends UnknownOutcomeException {
  private static final long serialVersionUID = 1L;

  public RefusedException(String message) {
    super(message);
  }

  public RefusedException(String message, @Nullable Throwable cause) {
    super(message, cause);
  }
}
