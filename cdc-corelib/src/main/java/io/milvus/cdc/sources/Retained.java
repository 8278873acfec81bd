package io.milvus.cdc.sources;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * Describes the messages that a source's queue retains for one task.
 *
 * @param pinned whether the queue must retain messages that the task has not acknowledged
 * @param channel the channel that is nearest to a limit, or an empty text
 * @param bytes the bytes that the queue retains for the task on that channel
 * @param bytesPerSecond the present rate at which the source writes to that channel
 * @param ageMillis the age of the first message that is retained there, or 0 if it is unknown
 * @param limits the queue's limits, or null if they are unknown
 */
public record Retained(
    boolean pinned,
    String channel,
    long bytes,
    double bytesPerSecond,
    long ageMillis,
    @Nullable QueueLimits limits) {
  /**
   * Returns the used part of the limits on backlogs, in size or age, the larger of both. At 1 the
   * queue acts.
   */
  public double used() {
    if (limits == null) {
      return 0;
    }
    double ofBytes = limits.backlogBytes() > 0 ? (double) bytes / limits.backlogBytes() : 0;
    Duration age = limits.backlogAge();
    return age == null ? ofBytes : Math.max(ofBytes, (double) ageMillis / age.toMillis());
  }
}
