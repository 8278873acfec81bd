package io.milvus.cdc.error;

import org.jspecify.annotations.Nullable;

/**
 * The root of everything this library throws on purpose. Unchecked; the subtype says what to do.
 */
public class CdcException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  public CdcException(String message) {
    super(message);
  }

  public CdcException(String message, @Nullable Throwable cause) {
    super(message, cause);
  }
}
