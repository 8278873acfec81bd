package io.milvus.cdc.targets;

/** Says which rows of a collection a target may have before a task fills it. */
public enum RowsOnTarget {
  /** None, because the task sends the rows from the beginning. */
  NONE,
  /** Any, because the task sends the changes since a later moment. */
  ANY
}
