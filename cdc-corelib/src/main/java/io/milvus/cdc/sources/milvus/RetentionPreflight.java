package io.milvus.cdc.sources.milvus;

import io.milvus.cdc.preflight.Finding;
import io.milvus.cdc.sources.Pinning;
import io.milvus.cdc.sources.QueueLimits;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Evaluates a queue's limits for the source and for tasks that are away.
 *
 * @param queue its kind and address, for people
 * @param pins whether the queue could pin
 */
record RetentionPreflight(String queue, boolean pins, Pinning pinning) {
  private static final Duration DAY = Duration.ofDays(1);

  /** Returns the finding for unknown limits. */
  Finding unknown(String why) {
    return Finding.warning(
        ("The limits of %s for deleting messages and for stopping the source are not"
                + " known: %s")
            .formatted(queue, why),
        pins && pinning != Pinning.NEVER
            ? "Set the address of Pulsar's administration. Until then, check that no backlog"
                + " quota stops producers while a task is paused or its process is down."
            : "Check that the queue retains messages for longer than a task may be down.");
  }

  /** Returns the findings for these limits. */
  List<Finding> of(QueueLimits limits) {
    List<Finding> findings = new ArrayList<>();
    boolean pinned = pins && pinning.pins(limits);
    if (pinned) {
      ofPins(limits, findings);
    } else if (pins && !limits.retains()) {
      findings.add(
          Finding.blocking(
              ("%s deletes messages as soon as the source has read them, and pinning is"
                      + " 'never'.")
                  .formatted(queue),
              "Set a retention on the namespace, or set pinning to automatic."));
    } else if (isShort(limits.retention()) || limits.retentionBytes() >= 0) {
      findings.add(
          Finding.warning(
              "%s retains messages for %s%s, whether a task has read them or not."
                  .formatted(queue, words(limits.retention()), size(limits.retentionBytes())),
              "Extend the retention to longer than a task may be down, to at least a day."));
    }
    return findings;
  }

  private void ofPins(QueueLimits limits, List<Finding> findings) {
    if (limits.limitsBacklog() && limits.stopsProducers() && limits.expiry() == null) {
      findings.add(
          Finding.warning(
              ("%s stops the source from writing when a channel's backlog reaches %s. A task"
                      + " removes its subscriptions at half of that limit, but not while its process is"
                      + " down.")
                  .formatted(queue, limit(limits)),
              "Set a retention of a day or longer on the namespace, so that tasks need not pin, or"
                  + " set subscriptionExpirationTimeMinutes."));
    } else if (limits.limitsBacklog() && !limits.stopsProducers()) {
      findings.add(
          Finding.warning(
              "%s drops messages when a channel's backlog reaches %s."
                  .formatted(queue, limit(limits)),
              "Set a retention of a day or longer on the namespace."));
    }
    if (limits.expiry() != null && isShort(limits.expiry()) && isShort(limits.retention())) {
      findings.add(
          Finding.warning(
              ("%s removes a task's subscriptions %s after its process went down, and then"
                      + " retains messages for %s.")
                  .formatted(queue, words(limits.expiry()), words(limits.retention())),
              "Set a retention on the namespace that is longer than a task may be down."));
    }
    if (isShort(limits.timeToLive()) && isShort(limits.retention())) {
      findings.add(
          Finding.warning(
              "%s drops messages after %s, although a task has not read them."
                  .formatted(queue, words(limits.timeToLive())),
              "Set a longer messageTTL, or a retention of a day or longer, on the namespace."));
    }
  }

  private static boolean isShort(@Nullable Duration time) {
    return time != null && time.compareTo(DAY) < 0;
  }

  private static String limit(QueueLimits limits) {
    return limits.backlogBytes() >= 0
        ? "%d bytes".formatted(limits.backlogBytes())
        : "an age of " + words(limits.backlogAge());
  }

  private static String size(long bytes) {
    return bytes < 0 ? "" : ", and at most %d bytes of a channel".formatted(bytes);
  }

  private static String words(@Nullable Duration time) {
    if (time == null) {
      return "ever";
    }
    return time.toSeconds() % 60 == 0
        ? "%d minutes".formatted(time.toMinutes())
        : "%d seconds".formatted(time.toSeconds());
  }
}
