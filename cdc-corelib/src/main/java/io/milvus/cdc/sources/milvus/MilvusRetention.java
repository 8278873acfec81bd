package io.milvus.cdc.sources.milvus;

import io.milvus.cdc.error.RetriableException;
import io.milvus.cdc.internal.queue.MessageQueue;
import io.milvus.cdc.sources.QueueLimits;
import io.milvus.cdc.sources.Retained;
import io.milvus.cdc.sources.SourceRetention;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Reports the messages that a source's queue retains for tasks. It connects on first use. */
final class MilvusRetention implements SourceRetention {
  private final SourceConnections connections;
  private final TaskPins pins;
  private final Channels channels;
  private @Nullable SourceConnection connection;

  MilvusRetention(SourceConnections connections, TaskPins pins, Channels channels) {
    this.connections = connections;
    this.pins = pins;
    this.channels = channels;
  }

  @Override
  public Map<String, Retained> retained(Collection<String> tasks) {
    return asking(
        connected -> {
          List<String> topics = channels.of(connected.queue());
          QueueLimits limits = connected.limits().of(topics);
          if (limits == null) {
            return Map.of();
          }
          List<String> subscriptions = tasks.stream().map(Channels::subscription).toList();
          Map<String, Retained> kept = connected.queue().retained(topics, subscriptions, limits);
          Map<String, Retained> byTask = new HashMap<>();
          for (String task : tasks) {
            Retained own = kept.get(Channels.subscription(task));
            if (own != null && !pins.pins(task, limits)) {
              remove(connected, task);
              own = null;
            }
            byTask.put(task, own == null ? new Retained(false, "", 0, 0, 0, limits) : own);
          }
          return byTask;
        });
  }

  @Override
  public Map<String, Long> unused() {
    return asking(
        connected ->
            connected
                .queue()
                .unused(channels.of(connected.queue()), Channels.SUBSCRIPTION)
                .entrySet()
                .stream()
                .collect(
                    Collectors.toMap(
                        entry -> entry.getKey().substring(Channels.SUBSCRIPTION.length()),
                        Map.Entry::getValue)));
  }

  @Override
  public void unpin(String task) {
    pins.setPinned(task, false);
    MilvusSourceSession reading = pins.reading(task);
    if (reading != null) {
      reading.unpin();
      return;
    }
    asking(
        connected -> {
          remove(connected, task);
          return task;
        });
  }

  /** Removes the subscriptions of a task that is paused, or had pinned before it was set not to. */
  private void remove(SourceConnection connected, String task) {
    MessageQueue queue = connected.queue();
    queue.unsubscribe(channels.of(queue), Channels.subscription(task));
  }

  @Override
  public boolean pin(String task) {
    MilvusSourceSession reading = pins.reading(task);
    if (reading == null) {
      return false;
    }
    reading.pin();
    pins.setPinned(task, true);
    return true;
  }

  private <T> T asking(Function<SourceConnection, T> question) {
    SourceConnection current = connection;
    if (current == null) {
      current = connections.take();
      connection = current;
    }
    try {
      return question.apply(current);
    } catch (RetriableException e) {
      connections.giveUp(current);
      close();
      throw e;
    }
  }

  @Override
  public void close() {
    SourceConnection current = connection;
    connection = null;
    if (current != null) {
      connections.giveBack(current);
    }
  }
}
