package io.milvus.cdc.error;

/**
 * Thrown if the task that a caller waits for has failed. The cause is the failure that stopped it.
 */
public class TaskFailedException extends CdcException {
  private static final long serialVersionUID = 1L;

  /** Says what happened, and what to do about it; both as in {@link CdcException}. */
  public TaskFailedException(String what, String cure, Throwable cause) {
    super(what, cure, cause);
  }
}
