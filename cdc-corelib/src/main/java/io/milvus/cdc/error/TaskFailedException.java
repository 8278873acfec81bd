package io.milvus.cdc.error;

/**
 * Thrown if the task that a caller waits for has failed. The cause is the failure that stopped it.
 */
public class TaskFailedException extends CdcException {
  private static final long serialVersionUID = 1L;

  public TaskFailedException(String message, Throwable cause) {
    super(message, cause);
  }
}
