package io.milvus.cdc.sources.milvus;

import io.milvus.cdc.error.RetriableException;
import io.milvus.cdc.error.SourceException;
import io.milvus.cdc.event.ChannelEvent;
import io.milvus.cdc.event.Position;
import io.milvus.cdc.event.Unknown;
import io.milvus.cdc.internal.decode.MessageDecoder;
import io.milvus.cdc.internal.queue.QueueMessage;
import io.milvus.cdc.internal.queue.QueueReader;
import io.milvus.cdc.sources.ChannelReader;
import java.time.Duration;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Reads and decodes the messages of a topic. */
final class MilvusChannelReader implements ChannelReader {
  /** The property of every message of Milvus 2.6 and later, whose bodies have another format. */
  private static final String STREAMING_VERSION = "_v";

  private final String channel;
  private final QueueReader reader;
  private final MessageDecoder decoder;
  private final Runnable onFault;
  private final Consumer<MilvusChannelReader> onClose;

  /**
   * Creates a reader of a topic.
   *
   * @param onFault called if the queue cannot be read
   * @param onClose called when this reader is closed
   */
  MilvusChannelReader(
      String channel, QueueReader reader, Runnable onFault, Consumer<MilvusChannelReader> onClose) {
    this.onClose = onClose;
    this.channel = channel;
    this.reader = reader;
    this.onFault = onFault;
    this.decoder = new MessageDecoder(channel);
  }

  @Override
  public @Nullable ChannelEvent poll(Duration timeout) throws InterruptedException {
    QueueMessage message = next(timeout);
    if (message == null) {
      return null;
    }
    String version = message.properties().getOrDefault(STREAMING_VERSION, "");
    if (!version.isEmpty() && !version.equals("0")) {
      throw new SourceException(
          ("Message %s of channel %s is in the streaming format of Milvus 2.6 (version " + "%s).")
              .formatted(message.position(), channel, version),
          "Sources up to 2.5 are supported.");
    }
    ChannelEvent event = decoder.decode(message.position(), message.body());
    return event instanceof Unknown unknown
        ? new Unknown(unknown.position(), unknown.why(), unknown.payload(), message.properties())
        : event;
  }

  private @Nullable QueueMessage next(Duration timeout) throws InterruptedException {
    try {
      return reader.poll(timeout);
    } catch (RetriableException e) {
      onFault.run();
      throw e;
    }
  }

  @Override
  public @Nullable Position beginning() {
    return reader.beginning();
  }

  @Override
  public void pin() {
    reader.pin();
  }

  @Override
  public void unpin() {
    reader.unpin();
  }

  @Override
  public void acknowledgeBefore(Position position) {
    reader.acknowledgeBefore(position);
  }

  @Override
  public void suspend() {
    reader.suspend();
  }

  @Override
  public void skipTo(Position position) {
    reader.skipTo(position);
  }

  @Override
  public void resume() {
    reader.resume();
  }

  @Override
  public void close() {
    onClose.accept(this);
    reader.close();
  }
}
