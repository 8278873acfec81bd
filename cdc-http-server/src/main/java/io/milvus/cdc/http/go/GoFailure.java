package io.milvus.cdc.http.go;

import org.jspecify.annotations.Nullable;

/** Reports a failure to clients of the Go server: a code in the body, and a text. */
final class GoFailure extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final int code;

  private GoFailure(int code, String message, @Nullable Throwable cause) {
    super(message, cause);
    this.code = code;
  }

  /** Returns a failure that the client has caused. */
  static GoFailure client(String message) {
    return new GoFailure(400, message, null);
  }

  static GoFailure server(String message, @Nullable Throwable cause) {
    return new GoFailure(500, message, cause);
  }

  int code() {
    return code;
  }
}
