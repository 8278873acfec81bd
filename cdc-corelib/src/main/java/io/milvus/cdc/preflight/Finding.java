package io.milvus.cdc.preflight;

import io.milvus.cdc.error.CdcException;

/**
 * A result of a check, in words for people.
 *
 * @param severity how much it matters
 * @param what the problem, with the values
 * @param cure the step that solves it
 */
public record Finding(Severity severity, String what, String cure) {
  /** Lists how much a finding matters. */
  public enum Severity {
    /** Prevents replication until it is solved. */
    BLOCKING,
    /** Lets replication begin, but it will be slower, later or less complete than desired. */
    WARNING,
    /** Informs only. */
    NOTE
  }

  /** Returns a finding that prevents replication. */
  public static Finding blocking(String what, String cure) {
    return new Finding(Severity.BLOCKING, what, cure);
  }

  /** Returns a finding that replication can begin with. */
  public static Finding warning(String what, String cure) {
    return new Finding(Severity.WARNING, what, cure);
  }

  /** Returns a finding that informs only. */
  public static Finding note(String what, String cure) {
    return new Finding(Severity.NOTE, what, cure);
  }

  /** Returns a failure as a blocking finding. */
  public static Finding of(CdcException failure) {
    return blocking(failure.what(), failure.cure());
  }

  /** Returns whether this prevents replication. */
  public boolean isBlocking() {
    return severity == Severity.BLOCKING;
  }

  /** Returns the problem and the cure as sentences. */
  public String message() {
    return cure.isEmpty() ? what : what + " " + cure;
  }

  @Override
  public String toString() {
    return severity + ": " + message();
  }
}
