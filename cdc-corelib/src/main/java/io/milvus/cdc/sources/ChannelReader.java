package io.milvus.cdc.sources;

import io.milvus.cdc.event.ChannelEvent;
import io.milvus.cdc.event.Position;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * Reads one physical channel, each message once, in the queue's order. For one thread, except for
 * the methods that state otherwise.
 */
public interface ChannelReader extends AutoCloseable {
  /**
   * Returns the next message, or null if none arrives within the timeout. Blocks for that long at
   * most.
   *
   * @throws io.milvus.cdc.error.RetriableException if the queue cannot be read now
   */
  @Nullable ChannelEvent poll(Duration timeout) throws InterruptedException;

  /**
   * Returns the position at which reading began, for {@link ReadFrom.Latest}; otherwise null. Only
   * the source can determine it. A task that stores it resumes there although it has read nothing.
   */
  default @Nullable Position beginning() {
    return null;
  }

  /** Pins messages that are not acknowledged, if the source can. May be called by any thread. */
  default void pin() {}

  /**
   * Removes the pin: the source's retention then decides how long messages stay. Reading continues.
   * May be called by any thread.
   */
  default void unpin() {}

  /**
   * Lets the queue delete everything strictly before this position. May be called by any thread.
   */
  void acknowledgeBefore(Position position);

  /**
   * Suspends reading while another reader of this channel reads for this one, too. Messages that
   * are not acknowledged are still retained for this reader. Not during {@link #poll}.
   */
  void suspend();

  /**
   * Marks this message as read by another reader, so that this one skips it. May be called by any
   * thread.
   */
  void skipTo(Position position);

  /**
   * Resumes reading after {@link #suspend}, from the first message that was neither polled nor
   * skipped.
   */
  void resume();

  @Override
  void close();
}
