package io.milvus.cdc.http.web;

/** Reports a request that is invalid as HTTP, regardless of its purpose. */
public final class BadCallException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final int status;

  public BadCallException(int status, String message) {
    super(message);
    this.status = status;
  }

  public int status() {
    return status;
  }
}
