package io.milvus.cdc.http.web;

/** A request that is wrong as HTTP, whatever it asks for. */
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
