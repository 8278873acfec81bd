package io.milvus.cdc.compare;

/** Lists how equal a target can be to its source. */
enum Likeness {
  /** A standby: in everything. */
  EXACT,
  /** A target of client writes: in everything but generated keys. */
  CLIENT_WRITES,
  /** A Milvus Lite: in rows, and in the features that it has. */
  LITE;

  boolean exact() {
    return this == EXACT;
  }

  boolean lite() {
    return this == LITE;
  }
}
