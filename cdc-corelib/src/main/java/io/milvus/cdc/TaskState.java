package io.milvus.cdc;

import java.util.EnumSet;
import java.util.Set;

/** Lists the states of a task's life. */
public enum TaskState {
  /** Connecting, and determining the position to resume from. */
  STARTING,
  /** Replicating, or waiting for changes. */
  RUNNING,
  /** Waiting to connect again after a passing fault. */
  RETRYING,
  /** Stopped by {@link CdcTask#pause}, until {@link CdcTask#resume}. */
  PAUSED,
  /** Stopped by an error that needs an operator. {@link CdcTask#resume} tries again. */
  FAILED,
  /**
   * Stopped by {@link CdcTask#promote}; its target does not accept client writes yet. Another
   * {@link CdcTask#promote} completes that. Only {@link CdcTask#demote} leads back.
   */
  PROMOTING,
  /**
   * Stopped by {@link CdcTask#promote}; its target accepts client writes. Only {@link
   * CdcTask#demote} leads back.
   */
  PROMOTED,
  /** Stopped with its engine. Its checkpoint stays; submit the task again to resume. */
  CLOSED,
  /** Deleted, with its checkpoint and its subscriptions. */
  DELETED;

  /** Returns whether a promotion has begun, so that only {@link CdcTask#demote} leads back. */
  public boolean givenOver() {
    return this == PROMOTING || this == PROMOTED;
  }

  /** Returns the states that may follow this one. */
  public Set<TaskState> next() {
    return switch (this) {
      case STARTING, RUNNING, RETRYING ->
          EnumSet.of(STARTING, RUNNING, RETRYING, PAUSED, FAILED, PROMOTING, CLOSED, DELETED);
      case PAUSED, FAILED -> EnumSet.of(STARTING, PAUSED, PROMOTING, CLOSED, DELETED);
      case PROMOTING -> EnumSet.of(PAUSED, PROMOTED, CLOSED, DELETED);
      case PROMOTED -> EnumSet.of(PAUSED, PROMOTING, CLOSED, DELETED);
      case CLOSED -> EnumSet.of(DELETED);
      case DELETED -> EnumSet.noneOf(TaskState.class);
    };
  }
}
