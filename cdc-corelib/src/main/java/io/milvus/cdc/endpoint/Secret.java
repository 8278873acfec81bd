package io.milvus.cdc.endpoint;

/** A value that never shows in a log, a message or a debugger's one-line view. */
public record Secret(String value) {
  @Override
  public String toString() {
    return "***";
  }
}
