package io.milvus.cdc.examples.testbed.client;

/**
 * Selects the reaction to an insert whose outcome is unknown because there was no proper answer.
 */
public enum WhenUnsure {
  /** Report it, because another insert could duplicate the rows. */
  FAIL,
  /** Upsert the same rows, so that each exists once. Impossible with automatic keys. */
  UPSERT
}
