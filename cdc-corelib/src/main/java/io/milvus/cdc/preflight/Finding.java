package io.milvus.cdc.preflight;

import io.milvus.cdc.error.CdcException;

/**
 * Something that a check found, in words for people.
 *
 * @param what is so, with the values
 * @param cure what to do about it
 */
public record Finding(Severity severity, String what, String cure) {
  /** How much a finding matters. */
  public enum Severity {
    /** Nothing is replicated until it is mended. */
    BLOCKING,
    /** Replication begins, and will be slower, later or less than wished. */
    WARNING,
    /** Good to know. */
    NOTE
  }

  public static Finding blocking(String what, String cure) {
    return new Finding(Severity.BLOCKING, what, cure);
  }

  public static Finding warning(String what, String cure) {
    return new Finding(Severity.WARNING, what, cure);
  }

  public static Finding note(String what, String cure) {
    return new Finding(Severity.NOTE, what, cure);
  }

  /** Returns a failure as a blocking finding. */
  public static Finding of(CdcException failure) {
    return blocking(failure.what(), failure.cure());
  }

  public boolean isBlocking() {
    return severity == Severity.BLOCKING;
  }

  /** All of it as sentences. */
  public String message() {
    return cure.isEmpty() ? what : what + " " + cure;
  }

  @Override
  public String toString() {
    return severity + ": " + message();
  }
}
