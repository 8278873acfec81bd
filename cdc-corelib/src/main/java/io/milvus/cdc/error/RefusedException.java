package io.milvus.cdc.error;

import org.jspecify.annotations.Nullable;

/**
 * Thrown if a server answered with a refusal that may or may not last. The engine retries, because
 * the work may succeed later. If the same refusal recurs for a while, the task fails.
 */
public class RefusedException extends UnknownOutcomeException {
  private static final long serialVersionUID = 1L;

  /** Says what happened, and what to do about it; both as in {@link CdcException}. */
  public RefusedException(String what, String cure) {
    super(what, cure);
  }

  /** Says what happened, and what to do about it; both as in {@link CdcException}. */
  public RefusedException(String what, String cure, @Nullable Throwable cause) {
    super(what, cure, cause);
  }
}
