package io.milvus.cdc.internal.storage;

import io.milvus.cdc.error.SourceException;
import io.milvus.cdc.error.SourceRefusedException;
import org.jspecify.annotations.Nullable;

/** Checks the lengths of objects, which a source never changes after it has written them. */
final class Parts {
  /** Some JVMs cannot allocate the last few bytes. */
  private static final int LARGEST = Integer.MAX_VALUE - 8;

  private Parts() {}

  /**
   * Returns the length that an answer states.
   *
   * @throws SourceRefusedException if it states none
   */
  static long stated(Object storage, String name, @Nullable Long length) {
    if (length == null) {
      throw new SourceRefusedException(
          "%s does not send the length of '%s'.".formatted(storage, name),
          "If a proxy is in between, it must not change answers.");
    }
    return length;
  }

  /** Returns the length of an array for a whole object. */
  static int arraySize(Object storage, String name, long size) {
    if (size > LARGEST) {
      throw new SourceException(
          "Object '%s' of %s is too large (%d bytes).".formatted(name, storage, size),
          "Report this with the source's version.");
    }
    return (int) size;
  }

  /** Explains that an object ends too early. */
  static SourceException tooShort(Object storage, String name, long size, long needed) {
    return new SourceException(
        "Object '%s' of %s has only %d bytes, but %d were expected."
            .formatted(name, storage, size, needed),
        "Check the storage for damaged objects.");
  }
}
