package io.milvus.cdc.internal.engine;

import io.milvus.cdc.event.Position;
import io.milvus.cdc.internal.order.TickMerger;
import io.milvus.cdc.sources.ChannelReader;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ThreadFactory;
import java.util.function.Supplier;

/** Holds the pumps of a task's channels, which feed its merger. */
final class ChannelThreads implements AutoCloseable {
  private final TickMerger merger;
  private final ThreadFactory factory;
  private final ChannelGroups groups;
  private final String task;
  private final Map<String, ChannelPump> pumps = new TreeMap<>();

  ChannelThreads(TickMerger merger, ThreadFactory factory, ChannelGroups groups, String task) {
    this.merger = merger;
    this.factory = factory;
    this.groups = groups;
    this.task = task;
  }

  /**
   * Opens a channel's reader and reads it on a new thread. Does nothing if the channel has a
   * reader.
   */
  void start(String channel, Supplier<ChannelReader> opening) {
    if (!pumps.containsKey(channel)) {
      ChannelPump pump = new ChannelPump(channel, groups.of(channel), merger, factory, task);
      pumps.put(channel, pump);
      pump.start(opening);
    }
  }

  /** Returns when every reader is open. */
  void awaitOpen() throws InterruptedException {
    for (ChannelPump pump : pumps.values()) {
      pump.awaitOpen();
    }
  }

  /** Returns the positions at which readers began, if only the source could report them. */
  Map<String, Position> beginnings() {
    Map<String, Position> beginnings = new TreeMap<>();
    pumps.forEach(
        (channel, pump) -> {
          Position beginning = pump.beginning();
          if (beginning != null) {
            beginnings.put(channel, beginning);
          }
        });
    return beginnings;
  }

  /** Replaces silent leaders, so that no pump waits in vain. Call it periodically. */
  void relieve() {
    pumps.keySet().forEach(channel -> groups.of(channel).relieve());
  }

  void acknowledge(Map<String, Position> positions) {
    positions.forEach(
        (channel, position) -> {
          ChannelPump pump = pumps.get(channel);
          if (pump != null) {
            pump.acknowledgeBefore(position);
          }
        });
  }

  @Override
  public void close() {
    pumps.values().forEach(ChannelPump::end);
    pumps.values().forEach(ChannelPump::close);
  }
}
