package io.milvus.cdc.error;

import org.jspecify.annotations.Nullable;

/**
 * Thrown if the source holds something that cannot be read or replicated. Retrying does not help.
 */
public class SourceException extends CdcException {
  private static final long serialVersionUID = 1L;

  /** Says what happened, and what to do about it; both as in {@link CdcException}. */
  public SourceException(String what, String cure) {
    super(what, cure);
  }

  /** Says what happened, and what to do about it; both as in {@link CdcException}. */
  public SourceException(String what, String cure, @Nullable Throwable cause) {
    super(what, cure, cause);
  }
}
