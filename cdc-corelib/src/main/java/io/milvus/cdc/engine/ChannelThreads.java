package io.milvus.cdc.engine;

import io.milvus.cdc.error.CdcException;
import io.milvus.cdc.event.ChannelEvent;
import io.milvus.cdc.event.Position;
import io.milvus.cdc.order.TickMerger;
import io.milvus.cdc.source.ChannelReader;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ThreadFactory;

/** The readers of a task's channels, each on a thread of its own that feeds the merger. */
final class ChannelThreads implements AutoCloseable {
  private static final Duration POLL = Duration.ofMillis(500);

  private final TickMerger merger;
  private final ThreadFactory factory;
  private final String task;
  private final Map<String, ChannelReader> readers = new TreeMap<>();
  private final List<Thread> threads = new ArrayList<>();

  ChannelThreads(TickMerger merger, ThreadFactory factory, String task) {
    this.merger = merger;
    this.factory = factory;
    this.task = task;
  }

  void add(String channel, ChannelReader reader) {
    readers.put(channel, reader);
  }

  void start() {
    readers.forEach(
        (channel, reader) -> {
          Thread thread = factory.newThread(() -> pump(channel, reader));
          thread.setName("cdc-" + task + "-" + channel);
          threads.add(thread);
          thread.start();
        });
  }

  private void pump(String channel, ChannelReader reader) {
    try {
      while (!Thread.currentThread().isInterrupted()) {
        ChannelEvent event = reader.poll(POLL);
        if (event != null) {
          merger.offer(channel, event);
        }
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } catch (CdcException e) {
      merger.fail(e);
    } catch (RuntimeException | Error e) {
      merger.fail(
          new CdcException("Reading channel %s failed unexpectedly: %s".formatted(channel, e), e));
      throw e;
    }
  }

  void acknowledge(Map<String, Position> positions) {
    positions.forEach(
        (channel, position) -> {
          ChannelReader reader = readers.get(channel);
          if (reader != null) {
            reader.acknowledgeBefore(position);
          }
        });
  }

  @Override
  public void close() {
    threads.forEach(Thread::interrupt);
    for (Thread thread : threads) {
      try {
        thread.join(1000);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
    }
    readers.values().forEach(ChannelReader::close);
  }
}
