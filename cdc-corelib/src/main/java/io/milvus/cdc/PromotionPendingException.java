package io.milvus.cdc;

import io.milvus.cdc.error.CdcException;

/**
 * The task has stopped for its promotion, and its target does not take writes yet. Do what {@link
 * Promotion#toDo} says and promote again, or demote the task to replicate on.
 */
public class PromotionPendingException extends CdcException {
  private static final long serialVersionUID = 1L;

  private final transient Promotion promotion;

  public PromotionPendingException(String what, String cure, Promotion promotion) {
    super(what, cure);
    this.promotion = promotion;
  }

  /** Where the task stopped, and what is left to do. */
  public Promotion promotion() {
    return promotion;
  }
}
