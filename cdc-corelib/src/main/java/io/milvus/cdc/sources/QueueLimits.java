package io.milvus.cdc.sources;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * When a source's queue deletes messages, and when it stops the source for messages that it may not
 * delete yet. The same for all channels.
 *
 * @param backlogBytes the backlog of a channel at which the queue acts, or -1 if there is no limit
 * @param backlogAge the age of a channel's backlog at which the queue acts, or null if there is
 *     none
 * @param stopsProducers whether it then stops the source from writing, and does not delete instead
 * @param retention how long messages are kept that everybody has read; zero if not at all, null if
 *     for ever
 * @param retentionBytes how many bytes of such messages a channel keeps, or -1 if any number
 * @param expiry after which time without a reader a durable subscription is removed, or null if
 *     never
 * @param timeToLive after which time messages count as read, although they are not, or null if
 *     never
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

  /** Whether messages that everybody has read are kept for a day or longer, however many. */
  public boolean retainsLong() {
    return retentionBytes < 0 && (retention == null || retention.compareTo(LONG) >= 0);
  }

  /** Whether messages that everybody has read are kept at all. */
  public boolean retains() {
    return retentionBytes != 0 && (retention == null || !retention.isZero());
  }

  /** Whether a backlog can make the queue act. */
  public boolean limitsBacklog() {
    return backlogBytes >= 0 || backlogAge != null;
  }
}
