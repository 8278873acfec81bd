package io.milvus.cdc;

import io.milvus.cdc.error.CdcException;

/**
 * Thrown if a task has stopped for its promotion, but its target does not accept client writes yet.
 * Follow {@link Promotion#toDo} and promote again, or demote the task to resume replication.
 */
public class PromotionPendingException extends CdcException {
  private static final long serialVersionUID = 1L;

  private final transient Promotion promotion;

  public PromotionPendingException(String what, String cure, Promotion promotion) {
    super(what, cure);
    this.promotion = promotion;
  }

  /** Returns the state of the promotion, with the steps that are left. */
  public Promotion promotion() {
    return promotion;
  }
}
