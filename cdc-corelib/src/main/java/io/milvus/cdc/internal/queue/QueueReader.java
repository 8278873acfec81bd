package io.milvus.cdc.internal.queue;

import io.milvus.cdc.event.Position;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * Reads one topic, each message once, in order. For one thread, except {@link #acknowledgeBefore}
 * and {@link #skipTo}.
 */
public interface QueueReader extends AutoCloseable {
  /**
   * Returns the next message, or null if none came within the timeout.
   *
   * @throws io.milvus.cdc.error.PositionExpiredException if messages before it are lost
   * @throws io.milvus.cdc.error.RetriableException if the queue cannot be read now
   */
  @Nullable QueueMessage poll(Duration timeout) throws InterruptedException;

  /**
   * Returns the position at which it began, if only the queue could report it: a reader from
   * latest.
   */
  default @Nullable Position beginning() {
    return null;
  }

  /** Lets the queue release everything strictly before this position. From any thread. */
  void acknowledgeBefore(Position position);

  /** Prevents the queue from deleting unacknowledged messages, if the queue supports this. */
  default void pin() {}

  /** Lets the queue's retention decide how long messages are stored. Reading continues. */
  default void unpin() {}

  /** Stops fetching. Must not be called during a poll. */
  void suspend();

  /** Notes, from any thread, that this message need not be returned any more. */
  void skipTo(Position position);

  /**
   * Fetches again after {@link #suspend}, from the first message that was not polled or skipped.
   */
  void resume();

  @Override
  void close();
}
