package io.milvus.cdc.error;

import org.jspecify.annotations.Nullable;

/**
 * The task's target was promoted and takes writes of others. Demote the task first, if it is to
 * replicate again.
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
