package io.milvus.cdc.error;

import org.jspecify.annotations.Nullable;

/**
 * The source's etcd or queue answered, and does not let us read: a login, a permission or TLS is to
 * blame. If the same refusal comes again and again, the task fails with a {@link SourceException}.
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
