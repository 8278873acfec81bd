package io.milvus.cdc.internal.client;

/** When a request that failed for the moment may be sent again. */
public enum Repeat {
  /** Whenever, since twice is as good as once. */
  ALWAYS,
  /** Only where it was not carried out for sure. */
  WHEN_NOT_DONE
}
