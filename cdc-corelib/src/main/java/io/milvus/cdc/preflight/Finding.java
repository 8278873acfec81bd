package io.milvus.cdc.preflight;

import io.milvus.cdc.error.CdcException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

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

  private static final Pattern NEXT_SENTENCE = Pattern.compile("\\.\\s+(?=\\p{Lu})");

  public static Finding blocking(String what, String cure) {
    return new Finding(Severity.BLOCKING, what, cure);
  }

  public static Finding warning(String what, String cure) {
    return new Finding(Severity.WARNING, what, cure);
  }

  public static Finding note(String what, String cure) {
    return new Finding(Severity.NOTE, what, cure);
  }

  /** What an exception tells: our messages say in one sentence what is wrong, and then the cure. */
  public static Finding of(CdcException failure) {
    return of(Severity.BLOCKING, String.valueOf(failure.getMessage()));
  }

  /** A message whose first sentence says what is so, and the others what to do about it. */
  public static Finding of(Severity severity, String message) {
    Matcher end = NEXT_SENTENCE.matcher(message);
    return end.find()
        ? new Finding(severity, message.substring(0, end.start() + 1), message.substring(end.end()))
        : new Finding(severity, message, "");
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
