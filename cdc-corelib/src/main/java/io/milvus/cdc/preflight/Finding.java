package io.milvus.cdc.preflight;

import io.milvus.cdc.error.CdcException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

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

  private static final Pattern NEXT_SENTENCE = Pattern.compile("\\.\\s+(?=\\p{Lu})");

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

  /**
   * Returns the finding of an exception. Messages of this library begin with a sentence about the
   * problem, followed by the cure.
   */
  public static Finding of(CdcException failure) {
    return of(Severity.BLOCKING, String.valueOf(failure.getMessage()));
  }

  /**
   * Returns the finding of a message. Its first sentence is the problem, the others are the cure.
   */
  public static Finding of(Severity severity, String message) {
    Matcher end = NEXT_SENTENCE.matcher(message);
    return end.find()
        ? new Finding(severity, message.substring(0, end.start() + 1), message.substring(end.end()))
        : new Finding(severity, message, "");
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
