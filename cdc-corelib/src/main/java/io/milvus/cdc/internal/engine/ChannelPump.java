package io.milvus.cdc.internal.engine;

import io.milvus.cdc.error.CdcException;
import io.milvus.cdc.event.ChannelEvent;
import io.milvus.cdc.event.Position;
import io.milvus.cdc.event.TimeTick;
import io.milvus.cdc.internal.order.TickMerger;
import io.milvus.cdc.sources.ChannelReader;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ThreadFactory;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Passes one channel's messages to one task. Reads them on a thread of its own, or follows another
 * task's pump without a thread.
 */
final class ChannelPump implements AutoCloseable {
  private static final Duration POLL = Duration.ofMillis(500);
  private static final int CLOSE_MILLIS = 1000;

  private final String channel;
  private final ChannelGroup group;
  private final TickMerger merger;
  private final ThreadFactory factory;
  private final String name;
  private final CompletableFuture<ChannelReader> opened = new CompletableFuture<>();
  private volatile boolean ended;
  private volatile @Nullable Thread thread;

  ChannelPump(
      String channel, ChannelGroup group, TickMerger merger, ThreadFactory factory, String task) {
    this.channel = channel;
    this.group = group;
    this.merger = merger;
    this.factory = factory;
    this.name = "cdc-" + task + "-" + channel;
  }

  /** Opens the reader and starts to read. */
  void start(Supplier<ChannelReader> opening) {
    begin(
        () -> {
          ChannelReader reader = opening.get();
          opened.complete(reader);
          return reader;
        });
  }

  /** Reads for itself again, after it was a follower. */
  void readAgain() {
    try {
      begin(
          () -> {
            ChannelReader reader = opened.join();
            reader.resume();
            return reader;
          });
    } catch (RuntimeException | Error e) {
      // No thread could be started. The task that passes its messages is not to blame.
      failUnexpectedly(e);
    }
  }

  private void begin(Supplier<ChannelReader> reader) {
    Thread fresh = factory.newThread(() -> live(reader));
    fresh.setName(name);
    thread = fresh;
    fresh.start();
  }

  private void live(Supplier<ChannelReader> opening) {
    try {
      pump(opening.get());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } catch (CdcException e) {
      fail(e);
    } catch (RuntimeException | Error e) {
      failUnexpectedly(e);
      throw e;
    }
  }

  private void pump(ChannelReader reader) throws InterruptedException {
    while (!Thread.currentThread().isInterrupted()) {
      ChannelEvent event = reader.poll(POLL);
      if (event == null) {
        continue;
      }
      group.read(this, event);
      if (!merger.offerNow(channel, event)) {
        // The followers must not wait with this task.
        group.leave(this);
        merger.offer(channel, event);
      }
      if (event instanceof TimeTick && group.join(this, event.position())) {
        return;
      }
    }
  }

  private void failUnexpectedly(Throwable e) {
    fail(
        new CdcException(
            "Reading channel %s failed unexpectedly: %s".formatted(channel, e), "", e));
  }

  private void fail(CdcException e) {
    opened.completeExceptionally(e);
    merger.fail(e);
    end();
  }

  /** Accepts a message that another pump has read. Returns false if there is no room for it. */
  boolean follow(ChannelEvent event) {
    try {
      boolean taken = merger.offerNow(channel, event);
      if (taken) {
        opened.join().skipTo(event.position());
      }
      return taken;
    } catch (RuntimeException e) {
      merger.fail(
          new CdcException(
              "Reading channel %s failed unexpectedly: %s".formatted(channel, e), "", e));
      return true;
    }
  }

  boolean roomy() {
    return merger.roomy();
  }

  void suspend() {
    opened.join().suspend();
  }

  /** Returns whether the pump neither reads nor follows any more. */
  boolean ended() {
    return ended;
  }

  /** Returns when the reader is open. */
  void awaitOpen() throws InterruptedException {
    try {
      opened.get();
    } catch (ExecutionException e) {
      throw e.getCause() instanceof CdcException known
          ? known
          : new CdcException("A channel cannot be opened: " + e.getCause(), "", e);
    }
  }

  /**
   * Returns the position at which its reader began, if only the source could report it. Call it
   * after {@link #awaitOpen}.
   */
  @Nullable Position beginning() {
    return opened.join().beginning();
  }

  void acknowledgeBefore(Position position) {
    opened.join().acknowledgeBefore(position);
  }

  /** Leaves its group, so that other pumps continue at once, and stops. */
  void end() {
    ended = true;
    group.leave(this);
    Thread reading = thread;
    if (reading != null && reading != Thread.currentThread()) {
      reading.interrupt();
    }
  }

  /** Waits for the thread and closes the reader. Call it after {@link #end}. */
  @Override
  public void close() {
    Thread reading = thread;
    try {
      if (reading != null) {
        reading.join(CLOSE_MILLIS);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    if (opened.isDone() && !opened.isCompletedExceptionally()) {
      opened.join().close();
    }
  }
}
