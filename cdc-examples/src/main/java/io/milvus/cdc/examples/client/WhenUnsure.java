package io.milvus.cdc.examples.client;

/** What to do about an insert that may have been carried out, when there was no good answer. */
public enum WhenUnsure {
  /** Say so: inserting again could double the rows. */
  FAIL,
  /** Upsert the same rows, which makes them be there once. Not possible with automatic keys. */
  UPSERT
}
