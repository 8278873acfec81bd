package io.milvus.cdc.memory;

import io.milvus.cdc.event.ChannelEvent;
import io.milvus.cdc.event.Position;
import io.milvus.cdc.sources.ChannelReader;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** Reads a channel of a source in memory. All messages stay there, so nothing is acknowledged. */
final class InMemoryReader implements ChannelReader {
  private final SourceLog log;
  private final String channel;

  /** The number of the next message. Other readers advance it while this one is suspended. */
  private volatile int next;

  InMemoryReader(SourceLog log, String channel, int first) {
    this.log = log;
    this.channel = channel;
    this.next = first;
  }

  @Override
  public @Nullable ChannelEvent poll(Duration timeout) throws InterruptedException {
    ChannelEvent event = log.await(channel, next, timeout);
    if (event != null) {
      skipTo(event.position());
    }
    return event;
  }

  @Override
  public void acknowledgeBefore(Position position) {}

  @Override
  public void suspend() {}

  @Override
  public void skipTo(Position position) {
    next = Integer.parseInt(position.text()) + 1;
  }

  @Override
  public void resume() {}

  @Override
  public void close() {}
}
