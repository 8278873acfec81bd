package io.milvus.cdc.http.task;

/** What a task is meant to do, whatever it does just now. */
public enum Wish {
  RUN,
  PAUSE,
  /** Being deleted: a restart goes on with that. */
  DELETE
}
