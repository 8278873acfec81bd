package io.milvus.cdc.examples.testbed.stack;

import org.jspecify.annotations.Nullable;

/** Reports that the stack cannot be controlled. The message contains the cause. */
public final class StackException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  StackException(String message, @Nullable Throwable cause) {
    super(message, cause);
  }
}
