package io.milvus.cdc.endpoint;

/** Holds a value that never appears in a log, a message or a debugger's one-line view. */
public record Secret(String value) {
  @Override
  public String toString() {
    return "***";
  }
}
