package io.milvus.cdc.sources;

import org.jspecify.annotations.Nullable;

/**
 * Decides whether a task pins unread messages in the source's Pulsar, by durable subscriptions. A
 * pinned message is retained for as long as the task is away. It counts for the topic's backlog
 * quota, at which Pulsar may stop the source from writing. If a task's backlog approaches a known
 * quota, the task removes its subscriptions, regardless of this setting. Kafka cannot pin.
 */
public enum Pinning {
  /** Pins, unless Pulsar is known to retain messages for a day or longer anyway. The default. */
  AUTOMATIC,
  /** Pins. */
  ALWAYS,
  /** Never pins. Pulsar's retention decides how long messages stay. */
  NEVER;

  /**
   * Returns whether a task pins.
   *
   * @param limits the queue's limits, or null if they are unknown
   */
  public boolean pins(@Nullable QueueLimits limits) {
    return this == ALWAYS || (this == AUTOMATIC && (limits == null || !limits.retainsLong()));
  }
}
