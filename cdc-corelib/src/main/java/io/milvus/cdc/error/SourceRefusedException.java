package io.milvus.cdc.error;

import org.jspecify.annotations.Nullable;

/**
 * Thrown if the source's etcd, queue or storage answered and denied access. The cause is a login, a
 * permission or TLS. If the same refusal recurs for a while, the task fails with a {@link
 * SourceException}.
 */
public class SourceRefusedException extends RefusedException {
  private static final long serialVersionUID = 1L;

  /** Says what happened, and what to do about it; both as in {@link CdcException}. */
  public SourceRefusedException(String what, String cure) {
    super(what, cure);
  }

  /** Says what happened, and what to do about it; both as in {@link CdcException}. */
  public SourceRefusedException(String what, String cure, @Nullable Throwable cause) {
    super(what, cure, cause);
  }
}
