package io.milvus.cdc.http.fields;

/**
 * Determines how exact the input must be.
 *
 * @param anyCase whether the case of names is ignored
 * @param anyScalar whether a number or a boolean is accepted as text
 */
public record Dialect(boolean anyCase, boolean anyScalar) {
  /** Accepts files that people write by hand. */
  public static final Dialect CONFIG = new Dialect(true, true);

  /** Accepts requests of the Go server's clients. */
  public static final Dialect GO = new Dialect(true, false);

  /** Accepts our own requests. */
  public static final Dialect EXACT = new Dialect(false, false);
}
