package io.milvus.cdc.error;

import org.jspecify.annotations.Nullable;

/**
 * Thrown if the source's etcd or queue answered and denied access. The cause is a login, a
 * permission or TLS. If the same refusal recurs for a while, the task fails with a {@link
 * SourceException}.
 */
public class SourceRefusedException extends RefusedException {
  private static final long serialVersionUID = 1L;

  public SourceRefusedException(String message, @Nullable Throwable cause) {
    super(message, cause);
  }
}
