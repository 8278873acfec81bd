package io.milvus.cdc.internal.binlog;

import java.io.IOException;

/** Thrown if the storage fails. It differs from the exceptions that a damaged file causes. */
final class ReadFailed extends IOException {
  private static final long serialVersionUID = 1L;

  ReadFailed(IOException cause) {
    super(cause.getMessage(), cause);
  }
}
