package io.milvus.cdc.internal.queue;

import io.milvus.cdc.event.Position;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** Reads one topic, each message once, in order. For one thread, but for acknowledging. */
public interface QueueReader extends AutoCloseable {
  /**
   * Returns the next message, or null if none came within the timeout.
   *
   * @throws io.milvus.cdc.error.PositionExpiredException if messages before it are lost
   * @throws io.milvus.cdc.error.RetriableException if the queue cannot be read now
   */
  @Nullable QueueMessage poll(Duration timeout) throws InterruptedException;

  /** Returns where it began, if only the queue could say: a reader from latest. */
  default @Nullable Position beginning() {
    return null;
  }

  /** Lets the queue forget everything strictly before this position. From any thread. */
  void acknowledgeBefore(Position position);

  /** Keeps the queue from deleting what is not acknowledged, if it is one that can be kept. */
  default void pin() {}

  /** Leaves it to the queue's retention how long messages are kept. Reading goes on. */
  default void unpin() {}

  /** Stops fetching. Not while polled. */
  void suspend();

  /** Says, from any thread, that this message need not be handed out any more. */
  void skipTo(Position position);

  /** Fetches again after {@link #suspend}, from the first message that was not polled or passed. */
  void resume();

  @Override
  void close();
}
