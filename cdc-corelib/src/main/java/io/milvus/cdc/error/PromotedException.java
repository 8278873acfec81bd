package io.milvus.cdc.error;

import org.jspecify.annotations.Nullable;

/**
 * Thrown if the task was promoted, so that its target accepts client writes. Demote the task first
 * if it is to resume replication.
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
