package io.milvus.cdc.internal.segments;

import io.milvus.cdc.error.CdcException;
import io.milvus.cdc.error.RetriableException;
import io.milvus.cdc.internal.error.Causes;
import java.io.IOException;
import java.nio.channels.ClosedByInterruptException;

/** Carries an exception of the object storage through the reader of a file. */
final class StorageFailure extends IOException {
  private static final long serialVersionUID = 1L;

  StorageFailure(Exception cause) {
    super(cause.getMessage(), cause);
  }

  /** Returns the failure that a reader's exception carries, or explains a failure of the disk. */
  static CdcException explain(IOException failure) throws InterruptedException {
    if (Causes.find(failure, InterruptedException.class).isPresent()
        || Causes.find(failure, ClosedByInterruptException.class).isPresent()) {
      Thread.interrupted();
      throw new InterruptedException(failure.getMessage());
    }
    return Causes.find(failure, CdcException.class)
        .orElseGet(
            () ->
                new RetriableException(
                    "A copy of the source's files cannot be used: %s.".formatted(failure),
                    "Free disk space, or set another spill directory.",
                    failure));
  }
}
