package io.milvus.cdc.http.task;

/** Names the desired state of a task, regardless of its current state. */
public enum Wish {
  RUN,
  PAUSE,
  /** The task is being deleted. A restart resumes the deletion. */
  DELETE
}
