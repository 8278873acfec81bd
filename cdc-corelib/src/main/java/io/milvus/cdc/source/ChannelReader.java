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

  @Override
  void close();
}
