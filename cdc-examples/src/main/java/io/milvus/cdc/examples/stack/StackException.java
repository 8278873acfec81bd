package io.milvus.cdc.examples.stack;

import org.jspecify.annotations.Nullable;

/** The stack cannot be driven; the message says what is missing. */
public final class StackException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  StackException(String message, @Nullable Throwable cause) {
    super(message, cause);
  }
}
