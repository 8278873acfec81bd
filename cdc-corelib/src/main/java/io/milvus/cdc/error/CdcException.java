package io.milvus.cdc.error;

import org.jspecify.annotations.Nullable;

/**
 * The root of all exceptions that this library throws on purpose. Unchecked. The subtype determines
 * the reaction.
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
