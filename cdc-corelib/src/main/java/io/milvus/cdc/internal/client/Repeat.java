package io.milvus.cdc.internal.client;

/** Decides when a request that failed temporarily may be sent again. */
public enum Repeat {
  /** Always, because a repetition changes nothing. */
  ALWAYS,
  /** Only if the request was certainly not applied. */
  WHEN_NOT_DONE
}
