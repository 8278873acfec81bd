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
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ThreadFactory;
import java.util.function.Supplier;

/** The readers of a task's channels, each on a thread of its own that feeds the merger. */
final class ChannelThreads implements AutoCloseable {
  private static final Duration POLL = Duration.ofMillis(500);

  private final TickMerger merger;
  private final ThreadFactory factory;
  private final String task;
  private final Map<String, CompletableFuture<ChannelReader>> readers = new TreeMap<>();
  private final List<Thread> threads = new ArrayList<>();

  ChannelThreads(TickMerger merger, ThreadFactory factory, String task) {
    this.merger = merger;
    this.factory = factory;
    this.task = task;
  }

  /** Opens a channel's reader and pumps it, on a new thread; nothing where it has one already. */
  void start(String channel, Supplier<ChannelReader> opening) {
    if (readers.containsKey(channel)) {
      return;
    }
    CompletableFuture<ChannelReader> reader = new CompletableFuture<>();
    readers.put(channel, reader);
    Thread thread = factory.newThread(() -> pump(channel, opening, reader));
    thread.setName("cdc-" + task + "-" + channel);
    threads.add(thread);
    thread.start();
  }

  /** Returns when every reader is open. */
  void awaitOpen() throws InterruptedException {
    for (CompletableFuture<ChannelReader> reader : readers.values()) {
      try {
        reader.get();
      } catch (ExecutionException e) {
        throw e.getCause() instanceof CdcException known
            ? known
            : new CdcException("A channel cannot be opened: " + e.getCause(), e);
      }
    }
  }

  private void pump(
      String channel, Supplier<ChannelReader> opening, CompletableFuture<ChannelReader> opened) {
    try {
      ChannelReader reader = opening.get();
      opened.complete(reader);
      while (!Thread.currentThread().isInterrupted()) {
        ChannelEvent event = reader.poll(POLL);
        if (event != null) {
          merger.offer(channel, event);
        }
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } catch (CdcException e) {
      opened.completeExceptionally(e);
      merger.fail(e);
    } catch (RuntimeException | Error e) {
      opened.completeExceptionally(e);
      merger.fail(
          new CdcException("Reading channel %s failed unexpectedly: %s".formatted(channel, e), e));
      throw e;
    }
  }

  void acknowledge(Map<String, Position> positions) {
    positions.forEach(
        (channel, position) -> {
          CompletableFuture<ChannelReader> reader = readers.get(channel);
          if (reader != null) {
            reader.join().acknowledgeBefore(position);
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
    readers.values().stream()
        .filter(reader -> reader.isDone() && !reader.isCompletedExceptionally())
        .forEach(reader -> reader.join().close());
  }
}
