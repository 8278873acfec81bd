package io.milvus.cdc.internal.error;

import io.milvus.cdc.error.CdcException;
import java.util.function.BiFunction;

/**
 * Explains a failure or a finding, and its remedy.
 *
 * @param what a sentence with the values
 * @param cure sentences that begin with an imperative
 */
public record Explanation(String what, String cure) {
  /**
   * Explains that the certificate of a server is not trusted. The name of the server belongs before
   * it.
   */
  public static Explanation untrusted(String server, Throwable failure) {
    return new Explanation(
        "shows a certificate that is not trusted: %s.".formatted(Causes.root(failure)),
        ("Set the trusted certificates for %s to the PEM file of the authority that signed it,"
                + " and use a host name that it contains.")
            .formatted(server));
  }

  /** Returns the same with an introduction before it. */
  public Explanation after(String introduction) {
    return new Explanation(introduction + what, cure);
  }

  /** Creates an exception or a finding that says both, such as {@code as(Finding::blocking)}. */
  public <T> T as(BiFunction<String, String, T> constructor) {
    return constructor.apply(what, cure);
  }

  /** Creates an exception that says both. */
  public <E extends CdcException> E as(WithCause<E> constructor, Throwable cause) {
    return constructor.create(what, cure, cause);
  }

  /** The constructor of an exception with a cause. */
  @FunctionalInterface
  public interface WithCause<E extends CdcException> {
    /** Creates the exception. */
    E create(String what, String cure, Throwable cause);
  }

  /** Returns both as sentences. */
  public String text() {
    return what + " " + cure;
  }
}
