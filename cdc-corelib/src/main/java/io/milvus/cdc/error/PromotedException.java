package io.milvus.cdc.error;

import org.jspecify.annotations.Nullable;

/**
 * Thrown if the task was promoted, so that its target accepts client writes. Demote the task first
 * if it is to resume replication.
 */
public class PromotedException extends IllegalTaskStateException {
  private static final long serialVersionUID = 1L;

  public PromotedException(String message) {
    super(message);
  }

  public PromotedException(String message, @Nullable Throwable cause) {
    super(message, cause);
  }
}
