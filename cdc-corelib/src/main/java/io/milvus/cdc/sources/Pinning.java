package io.milvus.cdc.sources;

import org.jspecify.annotations.Nullable;

/**
 * Whether a task pins what it has not read in the source's Pulsar, by durable subscriptions. A
 * pinned message is kept however long the task is away, and counts for the topic's backlog quota,
 * at which Pulsar may stop the source from writing. A task whose backlog comes near a quota that is
 * known removes its subscriptions, whatever is set here. Kafka cannot pin.
 */
public enum Pinning {
  /** Pins, unless Pulsar is known to keep messages for a day or longer anyway. The default. */
  AUTOMATIC,
  /** Pins. */
  ALWAYS,
  /** Leaves it to Pulsar's retention how long messages are kept. */
  NEVER;

  /**
   * Decides whether a task pins.
   *
   * @param limits the queue's, or null if they are not known
   */
  public boolean pins(@Nullable QueueLimits limits) {
    return this == ALWAYS || (this == AUTOMATIC && (limits == null || !limits.retainsLong()));
  }
}
