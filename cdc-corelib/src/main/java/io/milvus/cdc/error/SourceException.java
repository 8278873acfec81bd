package io.milvus.cdc.error;

import org.jspecify.annotations.Nullable;

/**
 * Thrown if the source holds something that cannot be read or replicated. Retrying does not help.
 */
public class SourceException extends CdcException {
  private static final long serialVersionUID = 1L;

  public SourceException(String message) {
    super(message);
  }

  public SourceException(String message, @Nullable Throwable cause) {
    super(message, cause);
  }
}
