package io.milvus.cdc.source;

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
   * Lets the queue forget everything strictly before this position. May be called by any thread.
   */
  void acknowledgeBefore(Position position);

  /**
   * Stops reading, while another reader of this channel reads for this one, too; what was not
   * acknowledged is still kept for it. Not while {@link #poll} is called.
   */
  void rest();

  /** Says, by any thread, that this message need not be read: another reader has. */
  void passed(Position position);

  /** Reads again after {@link #rest}, from the first message that was not polled or passed. */
  void wake();

  @Override
  void close();
}
