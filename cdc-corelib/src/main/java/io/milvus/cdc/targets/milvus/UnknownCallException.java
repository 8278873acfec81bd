package io.milvus.cdc.targets.milvus;

import io.milvus.cdc.error.ConfigException;

/** Thrown if the target does not know a call: it is too old, too new, or a Milvus Lite. */
final class UnknownCallException extends ConfigException {
  private static final long serialVersionUID = 1L;

  UnknownCallException(String message, Throwable cause) {
    super(message, "", cause);
  }
}
