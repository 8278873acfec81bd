package io.milvus.cdc.sources;

import io.milvus.cdc.event.ChannelEvent;
import io.milvus.cdc.event.Position;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** Reads one physical channel, each message once, in the queue's order. For one thread. */
public interface ChannelReader extends AutoCloseable {
  /**
   * The next message, or null where none came within the timeout.
   *
   * @throws io.milvus.cdc.error.RetriableException where the queue cannot be read now
   */
  @Nullable ChannelEvent poll(Duration timeout) throws InterruptedException;

  /**
   * Returns the position at which it began, if the source alone could say: for {@link
   * ReadFrom.Latest}. A task that stores it resumes there although it has read nothing.
   */
  default @Nullable Position beginning() {
    return null;
  }

  /**
   * Keeps the source from deleting what is not acknowledged, if the source can. May be called by
   * any thread.
   */
  default void pin() {}

  /**
   * Leaves it to the source's retention how long messages are kept; reading goes on. May be called
   * by any thread.
   */
  default void unpin() {}

  /**
   * Lets the queue forget everything strictly before this position. May be called by any thread.
   */
  void acknowledgeBefore(Position position);

  /**
   * Stops reading, while another reader of this channel reads for this one, too; what was not
   * acknowledged is still kept for it. Not while {@link #poll} is called.
   */
  void suspend();

  /** Says, by any thread, that this message need not be read: another reader has. */
  void skipTo(Position position);

  /** Reads again after {@link #suspend}, from the first message that was not polled or passed. */
  void resume();

  @Override
  void close();
}
