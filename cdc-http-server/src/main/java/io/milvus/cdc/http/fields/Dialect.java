package io.milvus.cdc.http.fields;

/**
 * How exact a writer must be.
 *
 * @param anyCase whether names count whatever their case
 * @param anyScalar whether a number or a truth value is taken for text
 */
public record Dialect(boolean anyCase, boolean anyScalar) {
  /** Of a file that people write by hand. */
  public static final Dialect CONFIG = new Dialect(true, true);

  /** Of the Go server's requests. */
  public static final Dialect GO = new Dialect(true, false);

  /** Of our own requests. */
  public static final Dialect EXACT = new Dialect(false, false);
}
