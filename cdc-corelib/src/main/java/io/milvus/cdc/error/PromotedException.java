package io.milvus.cdc.error;

import org.jspecify.annotations.Nullable;

/**
 * The task's target was promoted and takes writes of others. Demote the task first, if it is to
 * replicate again.
 */
public class PromotedException extends IllegalTaskStateException {
  private static final long serialVersionUID = 1L;

  /** Says what happened, and what to do about it; both as in {@link CdcException}. */
  public PromotedException(String what, String cure) {
    super(what, cure);
  }

  /** Says what happened, and what to do about it; both as in {@link CdcException}. */
  public PromotedException(String what, String cure, @Nullable Throwable cause) {
    super(what, cure, cause);
  }
}
