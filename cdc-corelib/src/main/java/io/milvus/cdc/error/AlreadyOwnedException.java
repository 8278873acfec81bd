package io.milvus.cdc.error;

import org.jspecify.annotations.Nullable;

/** What was to be owned has a living owner. It can be had once that one stops, or dies. */
public class AlreadyOwnedException extends ConfigException {
  private static final long serialVersionUID = 1L;

  public AlreadyOwnedException(String message) {
    super(message);
  }

  public AlreadyOwnedException(String message, @Nullable Throwable cause) {
    super(message, cause);
  }
}
