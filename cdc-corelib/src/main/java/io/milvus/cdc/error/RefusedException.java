package io.milvus.cdc.error;

import org.jspecify.annotations.Nullable;

/**
 * A server answered, and refused, without a word about whether that lasts. The work may succeed
 * later, so the engine repeats it; if the same refusal comes again and again, the task fails.
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
