package io.milvus.cdc.http.cli;

import org.jspecify.annotations.Nullable;

/** Reports a command that a server rejected, or that did not reach a server. */
final class OrderFailure extends RuntimeException {
  private static final long serialVersionUID = 1L;

  OrderFailure(String message, @Nullable Throwable cause) {
    super(message, cause);
  }
}
