package io.milvus.cdc.internal.storage;

import io.milvus.cdc.error.SourceException;
import org.jspecify.annotations.Nullable;

/**
 * Thrown if an object does not exist, or no longer. The source's garbage collection may have
 * deleted it after a compaction, so a new list of the source's segments may help.
 */
public final class MissingObjectException extends SourceException {
  private static final long serialVersionUID = 1L;

  MissingObjectException(Object storage, String name, @Nullable Throwable cause) {
    super(
        "There is no object '%s' in %s.".formatted(name, storage),
        "Check that only the source deletes its objects, and pause its garbage collection.",
        cause);
  }
}
