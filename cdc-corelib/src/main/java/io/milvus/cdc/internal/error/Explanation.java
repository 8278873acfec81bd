package io.milvus.cdc.internal.error;

/**
 * Explains a failure or a finding, and its remedy.
 *
 * @param what a sentence with the values
 * @param cure sentences that begin with an imperative
 */
public record Explanation(String what, String cure) {
  /** Returns the same with an introduction before it. */
  public Explanation after(String introduction) {
    return new Explanation(introduction + what, cure);
  }

  /** Returns both as sentences. */
  public String text() {
    return what + " " + cure;
  }
}
