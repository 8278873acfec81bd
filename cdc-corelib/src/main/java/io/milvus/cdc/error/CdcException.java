package io.milvus.cdc.error;

import org.jspecify.annotations.Nullable;

/**
 * The root of all exceptions that this library throws on purpose. Unchecked. The subtype determines
 * the reaction.
 */
public class CdcException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final String what;
  private final String cure;

  /** As the other constructor, without a cause. */
  public CdcException(String what, String cure) {
    this(what, cure, null);
  }

  /**
   * Says what happened, and what to do about it. The message is both of them.
   *
   * @param what a sentence with the values
   * @param cure sentences that begin with an imperative, or an empty text if nothing is to be done
   */
  public CdcException(String what, String cure, @Nullable Throwable cause) {
    super(cure.isEmpty() ? what : what + " " + cure, cause);
    this.what = what;
    this.cure = cure;
  }

  /** Returns what happened, with the values. */
  public String what() {
    return what;
  }

  /** Returns what to do about it, or an empty text if nothing is to be done. */
  public String cure() {
    return cure;
  }
}
