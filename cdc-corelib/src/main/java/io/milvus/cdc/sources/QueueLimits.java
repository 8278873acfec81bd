package io.milvus.cdc.sources;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * Holds the limits at which a source's queue deletes messages or stops the source from writing. The
 * same for all channels.
 *
 * @param backlogBytes the backlog of a channel at which the queue acts, or -1 if there is no limit
 * @param backlogAge the age of a channel's backlog at which the queue acts, or null if there is
 *     none
 * @param stopsProducers whether the queue then stops the source from writing; otherwise it deletes
 * @param retention how long messages are retained that all subscriptions have read; zero if not at
 *     all, null if for ever
 * @param retentionBytes how many bytes of such messages a channel retains, or -1 if any number
 * @param expiry the time without a reader after which a durable subscription is removed, or null if
 *     never
 * @param timeToLive the time after which unread messages count as read, or null if never
 */
public record QueueLimits(
    long backlogBytes,
    @Nullable Duration backlogAge,
    boolean stopsProducers,
    @Nullable Duration retention,
    long retentionBytes,
    @Nullable Duration expiry,
    @Nullable Duration timeToLive) {
  private static final Duration LONG = Duration.ofDays(1);

  /**
   * Returns whether messages that all subscriptions have read stay for a day or longer, regardless
   * of their size.
   */
  public boolean retainsLong() {
    return retentionBytes < 0 && (retention == null || retention.compareTo(LONG) >= 0);
  }

  /** Returns whether messages that all subscriptions have read stay at all. */
  public boolean retains() {
    return retentionBytes != 0 && (retention == null || !retention.isZero());
  }

  /** Returns whether the queue acts on backlogs at all. */
  public boolean limitsBacklog() {
    return backlogBytes >= 0 || backlogAge != null;
  }
}
