package io.milvus.cdc.internal.error;

/**
 * Says what happened and what to do about it, for a failure or a finding.
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
