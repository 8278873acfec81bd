package io.milvus.cdc.sources.milvus;

import io.milvus.cdc.error.RetriableException;
import io.milvus.cdc.internal.queue.MessageQueue;
import io.milvus.cdc.sources.QueueLimits;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Caches a queue's limits for a while, because they change seldom. Thread-safe. */
final class SourceLimits {
  private static final Logger LOG = LoggerFactory.getLogger(SourceLimits.class);
  private static final Duration KNOWN_FOR = Duration.ofSeconds(30);
  private static final Duration UNKNOWN_FOR = Duration.ofMinutes(5);

  private final MessageQueue queue;
  private @Nullable QueueLimits limits;
  private long asksAgainAt = System.nanoTime();

  SourceLimits(MessageQueue queue) {
    this.queue = queue;
  }

  /** Returns the limits, by one of the channels, or null if they are unknown. */
  synchronized @Nullable QueueLimits of(List<String> channels) {
    if (!channels.isEmpty() && System.nanoTime() - asksAgainAt >= 0) {
      try {
        limits = queue.limits(channels.get(0));
        asksAgainAt = System.nanoTime() + KNOWN_FOR.toNanos();
      } catch (RetriableException e) {
        LOG.debug("The queue's limits are not known", e);
        limits = null;
        asksAgainAt = System.nanoTime() + UNKNOWN_FOR.toNanos();
      }
    }
    return limits;
  }
}
