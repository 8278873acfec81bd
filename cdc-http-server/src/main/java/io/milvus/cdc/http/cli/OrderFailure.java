package io.milvus.cdc.http.cli;

import org.jspecify.annotations.Nullable;

/** An order that a server refused, or that did not reach one. */
final class OrderFailure extends RuntimeException {
  private static final long serialVersionUID = 1L;

  OrderFailure(String message, @Nullable Throwable cause) {
    super(message, cause);
  }
}
