package io.milvus.cdc.examples.testbed.benchmark;

import io.milvus.cdc.endpoint.KafkaEndpoint;
import io.milvus.cdc.endpoint.PulsarEndpoint;
import io.milvus.cdc.event.ChannelEvent;
import io.milvus.cdc.event.Insert;
import io.milvus.cdc.event.TimeTick;
import io.milvus.cdc.examples.testbed.stack.Addresses;
import io.milvus.cdc.internal.decode.MessageDecoder;
import io.milvus.cdc.internal.queue.MessageQueue;
import io.milvus.cdc.internal.queue.QueueMessage;
import io.milvus.cdc.internal.queue.QueueReader;
import io.milvus.cdc.internal.queue.kafka.KafkaSettings;
import io.milvus.cdc.internal.queue.pulsar.PulsarSettings;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * Records when the source's ticks cover a collection's rows on its only channel. No standby can
 * show a row earlier, because the source may still send older rows.
 */
final class TickWatch implements AutoCloseable {
  private static final Duration POLL = Duration.ofMillis(100);
  private static final int CLOSE_MILLIS = 5000;

  private final MessageQueue queue;
  private final QueueReader reader;
  private final MessageDecoder decoder;
  private final long collection;
  private final Thread thread = new Thread(this::watch, "ticks");
  private final List<Long> open = new ArrayList<>();
  private final List<Long> covered = new ArrayList<>();

  private TickWatch(MessageQueue queue, QueueReader reader, String channel, long collection) {
    this.queue = queue;
    this.reader = reader;
    this.decoder = new MessageDecoder(channel);
    this.collection = collection;
  }

  static TickWatch begin(Addresses addresses, String channel, long collection) {
    String[] namespace = addresses.pulsarNamespace().split("/", 2);
    MessageQueue queue =
        addresses.queue().equals("kafka")
            ? new KafkaSettings(KafkaEndpoint.at(addresses.kafka())).connect()
            : new PulsarSettings(PulsarEndpoint.at(addresses.pulsar()), namespace[0], namespace[1])
                .connect();
    TickWatch watch = new TickWatch(queue, queue.listen(channel, false), channel, collection);
    watch.thread.start();
    return watch;
  }

  private void watch() {
    try {
      while (!Thread.currentThread().isInterrupted()) {
        QueueMessage message = reader.poll(POLL);
        if (message != null) {
          note(decoder.decode(message.position(), message.body()));
        }
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private synchronized void note(ChannelEvent event) {
    if (event instanceof Insert insert && insert.header().collectionId() == collection) {
      open.add(insert.timestamp());
    } else if (event instanceof TimeTick tick) {
      long now = System.nanoTime();
      open.removeIf(
          timestamp -> {
            boolean isCovered = timestamp <= tick.timestamp();
            if (isCovered) {
              covered.add(now);
            }
            return isCovered;
          });
    }
  }

  /** Returns times of {@link System#nanoTime}, one for each insert, in their order. */
  synchronized List<Long> covered() {
    return List.copyOf(covered);
  }

  @Override
  public void close() {
    thread.interrupt();
    try {
      thread.join(CLOSE_MILLIS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    reader.close();
    queue.close();
  }
}
