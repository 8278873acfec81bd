package io.milvus.cdc.compare;

/** How like its source a target can be. */
enum Likeness {
  /** A standby: in all. */
  EXACT,
  /** Any Milvus that gets client writes: but for keys that the source makes up. */
  CLIENT_WRITES,
  /** A Milvus Lite: in rows, and in what it has of the rest. */
  LITE;

  boolean exact() {
    return this == EXACT;
  }

  boolean lite() {
    return this == LITE;
  }
}
