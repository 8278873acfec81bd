package io.milvus.cdc.memory;

import io.milvus.cdc.catalog.Catalog;
import io.milvus.cdc.catalog.CollectionEntry;
import io.milvus.cdc.catalog.DatabaseEntry;
import io.milvus.cdc.catalog.Timestamps;
import io.milvus.cdc.error.ConfigException;
import io.milvus.cdc.event.ChannelEvent;
import io.milvus.cdc.event.Position;
import io.milvus.cdc.event.TimeTick;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.function.LongConsumer;
import org.jspecify.annotations.Nullable;

/**
 * Holds everything of a source in memory: its catalog, and its channels' messages. A change is one
 * step under its lock, so a tick never promises too much. Thread-safe.
 */
final class SourceLog {
  /** The pause between ticks of an idle channel while it is read. */
  private static final long TICK_NANOS = TimeUnit.MILLISECONDS.toNanos(20);

  private final Map<String, List<ChannelEvent>> channels = new TreeMap<>();
  private final Map<String, Long> tickedAt = new HashMap<>();
  private final Set<Runnable> listeners = new LinkedHashSet<>();
  private final Map<String, Integer> firsts = new HashMap<>();
  private Catalog catalog =
      new Catalog(
          Map.of(
              DatabaseEntry.DEFAULT_ID,
              new DatabaseEntry(DatabaseEntry.DEFAULT_ID, "default", 1, 0)),
          Map.of());
  private long timestamp;
  private long lastId = DatabaseEntry.DEFAULT_ID;

  SourceLog(int channelCount) {
    for (int i = 0; i < channelCount; i++) {
      channels.put("memory-dml_" + i, new ArrayList<>());
    }
  }

  List<String> channels() {
    return List.copyOf(channels.keySet());
  }

  /** Applies a change at a timestamp of its own. */
  void change(LongConsumer at) {
    List<Runnable> told;
    synchronized (this) {
      Catalog before = catalog;
      at.accept(now());
      told = catalog.equals(before) ? List.of() : List.copyOf(listeners);
    }
    told.forEach(Runnable::run);
  }

  private synchronized long now() {
    timestamp = Math.max(timestamp + 1, Timestamps.of(Instant.now()));
    return timestamp;
  }

  synchronized long id() {
    return ++lastId;
  }

  synchronized Catalog catalog() {
    return catalog;
  }

  synchronized CollectionEntry collection(long id) {
    return Objects.requireNonNull(catalog.collections().get(id));
  }

  synchronized void put(CollectionEntry collection) {
    Map<Long, CollectionEntry> changed = new HashMap<>(catalog.collections());
    changed.put(collection.id(), collection);
    catalog = new Catalog(catalog.databases(), changed);
  }

  /** Returns the database of this name, and creates it if it does not exist. */
  synchronized DatabaseEntry database(String name, long at) {
    return catalog.databases().values().stream()
        .filter(one -> one.name().equals(name))
        .findFirst()
        .orElseGet(() -> add(new DatabaseEntry(id(), name, at, 0)));
  }

  private DatabaseEntry add(DatabaseEntry database) {
    Map<Long, DatabaseEntry> changed = new HashMap<>(catalog.databases());
    changed.put(database.id(), database);
    catalog = new Catalog(changed, catalog.collections());
    return database;
  }

  synchronized void requireFree(DatabaseEntry database, String name) {
    if (catalog.collections().values().stream()
        .anyMatch(
            one ->
                !one.dropped() && one.databaseId() == database.id() && one.name().equals(name))) {
      throw new ConfigException(
          "Collection %s.%s exists.".formatted(database.name(), name), "Drop or rename it first.");
    }
  }

  /** Returns the position that the next message of a channel will have. */
  synchronized Position next(String channel) {
    return new Position(Integer.toString(size(channel)));
  }

  /** Appends a message, whose position is the {@link #next} one. */
  synchronized void append(String channel, ChannelEvent message) {
    messages(channel).add(message);
    notifyAll();
  }

  private List<ChannelEvent> messages(String channel) {
    return Objects.requireNonNull(channels.get(channel), channel);
  }

  /** Forgets the messages on all channels. Their rows stay readable as stored ones. */
  synchronized void forgetMessages() {
    channels.forEach((channel, messages) -> firsts.put(channel, messages.size()));
  }

  /** Returns the number of the first message that a channel still has. */
  synchronized int first(String channel) {
    return firsts.getOrDefault(channel, 0);
  }

  /** Returns all messages that a channel ever had. */
  synchronized List<ChannelEvent> all(String channel) {
    return List.copyOf(messages(channel));
  }

  /** Returns a timestamp above all that were issued, and issues only later ones from now on. */
  synchronized long cut() {
    return now();
  }

  synchronized int size(String channel) {
    return messages(channel).size();
  }

  /** Returns a channel's message of this number, or null if it does not arrive in time. */
  synchronized @Nullable ChannelEvent await(String channel, int number, Duration atMost)
      throws InterruptedException {
    List<ChannelEvent> messages = messages(channel);
    long deadline = System.nanoTime() + atMost.toNanos();
    while (number >= messages.size()) {
      long now = System.nanoTime();
      long tickDue = tickedAt.getOrDefault(channel, now - TICK_NANOS) + TICK_NANOS;
      if (tickDue <= now) {
        tickedAt.put(channel, now);
        append(channel, new TimeTick(next(channel), now()));
      } else if (deadline <= now) {
        return null;
      } else {
        TimeUnit.NANOSECONDS.timedWait(this, Math.min(tickDue, deadline) - now);
      }
    }
    return messages.get(number);
  }

  synchronized void listen(Runnable listener) {
    listeners.add(listener);
  }

  synchronized void unlisten(Runnable listener) {
    listeners.remove(listener);
  }
}
