package io.milvus.cdc.internal.engine;

import io.milvus.cdc.Retention;
import io.milvus.cdc.sources.QueueLimits;
import io.milvus.cdc.sources.Retained;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Shows the messages that a source retains for one task, for people.
 *
 * @param letGo whether the task has removed its pins because of a limit
 * @param reached the time up to which the target has everything, or null if it is unknown
 */
record RetentionView(Retained kept, QueueLimits limits, boolean letGo, @Nullable Instant reached) {
  /** The share of a limit at which a backlog loses its pin. */
  private static final double SHARE = 0.5;

  private static final Duration SOON = Duration.ofHours(1);

  /** Returns whether the backlog is so near a limit that the task must remove its pin. */
  boolean mustLetGo() {
    return kept.pinned() && kept.used() >= SHARE;
  }

  /** Returns whether the backlog is so small that the task may pin again. */
  boolean mayPin(Instant now) {
    return !kept.pinned()
        && letGo
        && reached != null
        && reached.isAfter(now.minus(Duration.ofSeconds(30)));
  }

  /** Returns whether a limit may be near before the next check at the usual pace. */
  boolean isFilling() {
    return kept.pinned() && kept.used() >= SHARE / 8;
  }

  Retention at(Instant now) {
    Instant limit = kept.pinned() ? limitReachedAt(now) : null;
    Instant expires = kept.pinned() ? null : expiresAt();
    return new Retention(
        kept.pinned(),
        kept.channel(),
        kept.bytes(),
        limits.backlogBytes(),
        limit,
        expires,
        advice(now, limit, expires));
  }

  private @Nullable Instant limitReachedAt(Instant now) {
    Instant full = null;
    long left = limits.backlogBytes() - kept.bytes();
    if (limits.backlogBytes() > 0 && kept.bytesPerSecond() > 0) {
      full = now.plusSeconds((long) (Math.max(0, left) / kept.bytesPerSecond()));
    }
    Duration age = limits.backlogAge();
    if (age == null || kept.ageMillis() == 0) {
      return full;
    }
    Instant old = now.plus(age).minusMillis(kept.ageMillis());
    return full == null || old.isBefore(full) ? old : full;
  }

  private @Nullable Instant expiresAt() {
    Duration retention = limits.retention();
    return reached == null || retention == null ? null : reached.plus(retention);
  }

  private String advice(Instant now, @Nullable Instant limit, @Nullable Instant expires) {
    if (letGo && !kept.pinned()) {
      return "The task no longer pins its backlog, because that came near the queue's limit of %s."
              .formatted(limit())
          + " Resume the task or remove the cause of its delay before the queue's retention ends.";
    }
    if (limit != null && limit.isBefore(now.plus(SOON))) {
      return "The queue %s when the backlog of channel %s reaches %s, at about %s. Resume or delete the task."
          .formatted(
              limits.stopsProducers() ? "stops the source from writing" : "drops messages",
              kept.channel(),
              limit(),
              limit);
    }
    if (expires != null && expires.isBefore(now.plus(SOON))) {
      return "The queue deletes the messages that the task needs next at about %s. Resume the task, or extend the queue's retention."
          .formatted(expires);
    }
    return "";
  }

  /** Returns the limit in words. */
  String limit() {
    return limits.backlogBytes() > 0
        ? "%d bytes".formatted(limits.backlogBytes())
        : "an age of %s".formatted(limits.backlogAge());
  }
}
