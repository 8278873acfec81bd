package io.milvus.cdc.internal.binlog;

import io.milvus.cdc.error.SourceException;
import io.milvus.cdc.internal.error.Explanation;

/** Explains why a binlog cannot be read. */
final class Damage {
  private static final String REPAIR =
      "Restore this file in the source's object storage, then resume the task.";

  private Damage() {}

  /** Returns the failure for a file that is not as Milvus wrote it. */
  static SourceException in(ByteSource file, String what) {
    return explain(file, what).as(SourceException::new);
  }

  /** Returns the same for a file on which a library failed. */
  static SourceException in(ByteSource file, String what, Throwable cause) {
    return explain(file, what).as(SourceException::new, cause);
  }

  private static Explanation explain(ByteSource file, String what) {
    return new Explanation("Binlog %s is damaged: %s.".formatted(file.name(), what), REPAIR);
  }

  /** Returns the failure for a file that this library cannot read, though it may be whole. */
  static SourceException unknown(ByteSource file, String what) {
    return new SourceException(
        "Binlog %s cannot be read: %s.".formatted(file.name(), what),
        "Copy the rows of its collection with Milvus's backup tool, or leave the collection out.");
  }
}
