package io.milvus.cdc;

import java.util.EnumSet;
import java.util.Set;

/** Where a task is in its life. */
public enum TaskState {
  /** Connecting, and finding out where to go on. */
  STARTING,
  /** Replicating, or waiting for something to replicate. */
  RUNNING,
  /** Waiting to connect again after a passing fault. */
  RETRYING,
  /** Stopped by {@link CdcTask#pause}, until {@link CdcTask#resume}. */
  PAUSED,
  /** Stopped by an error that a person must mend; {@link CdcTask#resume} tries again. */
  FAILED,
  /**
   * Stopped by {@link CdcTask#promote}, and its target does not take writes yet. {@link
   * CdcTask#promote} again ends that; only {@link CdcTask#demote} leads back.
   */
  PROMOTING,
  /**
   * Stopped by {@link CdcTask#promote}: its target takes writes of others. Only {@link
   * CdcTask#demote} leads back.
   */
  PROMOTED,
  /** Stopped with its engine. Its checkpoint stays; submit it again to go on. */
  CLOSED,
  /** Deleted, with its checkpoint and its subscriptions. */
  DELETED;

  /** Whether a promotion has begun, so that only {@link CdcTask#demote} leads back. */
  public boolean givenOver() {
    return this == PROMOTING || this == PROMOTED;
  }

  /** The states that may follow this one. */
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
