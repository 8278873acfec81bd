package io.milvus.cdc.sources;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * What a source's queue keeps for one task.
 *
 * @param pinned whether the queue must keep what the task has not acknowledged
 * @param channel the channel that is nearest to a limit, or an empty text
 * @param bytes what the queue keeps for the task on that channel
 * @param bytesPerSecond what the source writes to that channel at present
 * @param ageMillis how old the first message is that is kept there, or 0 if that is not known
 * @param limits null if they are not known
 */
public record Retained(
    boolean pinned,
    String channel,
    long bytes,
    double bytesPerSecond,
    long ageMillis,
    @Nullable QueueLimits limits) {
  /** Returns how much of the limits on backlogs is used, in size or age: at 1 the queue acts. */
  public double used() {
    if (limits == null) {
      return 0;
    }
    double ofBytes = limits.backlogBytes() > 0 ? (double) bytes / limits.backlogBytes() : 0;
    Duration age = limits.backlogAge();
    return age == null ? ofBytes : Math.max(ofBytes, (double) ageMillis / age.toMillis());
  }
}
