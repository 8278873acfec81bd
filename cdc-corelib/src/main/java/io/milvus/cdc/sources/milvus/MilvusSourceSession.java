package io.milvus.cdc.sources.milvus;

import io.milvus.cdc.catalog.Catalog;
import io.milvus.cdc.catalog.CollectionEntry;
import io.milvus.cdc.endpoint.MilvusEndpoint;
import io.milvus.cdc.endpoint.StorageEndpoint;
import io.milvus.cdc.error.RetriableException;
import io.milvus.cdc.event.BulkImport;
import io.milvus.cdc.event.Flush;
import io.milvus.cdc.event.Position;
import io.milvus.cdc.internal.decode.FlushMessage;
import io.milvus.cdc.internal.queue.Held;
import io.milvus.cdc.internal.queue.MessageQueue;
import io.milvus.cdc.internal.segments.StoredRows;
import io.milvus.cdc.internal.storage.ObjectStorage;
import io.milvus.cdc.preflight.Finding;
import io.milvus.cdc.sources.ChannelReader;
import io.milvus.cdc.sources.ExistingRows;
import io.milvus.cdc.sources.ReadFrom;
import io.milvus.cdc.sources.Scratch;
import io.milvus.cdc.sources.SourceSession;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.BiPredicate;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Reads a source Milvus for one task, by subscriptions of its own, over shared connections. */
final class MilvusSourceSession implements SourceSession {
  private final SourceConnections connections;
  private final SourceConnection connection;
  private final MessageQueue queue;
  private final Channels channels;
  private final String subscription;
  private final @Nullable PropertyWatch properties;
  private final FlushInbox inbox = new FlushInbox();
  private final Consumer<FlushMessage> mail = inbox::add;
  private boolean listening;
  private Runnable wake = () -> {};
  private Catalog latest = Catalog.EMPTY;
  private final Queue<ChannelReader> readers = new ConcurrentLinkedQueue<>();
  private final TaskPins pins;
  private final @Nullable StorageEndpoint storage;
  private final @Nullable GarbageLease garbage;
  private final @Nullable MilvusEndpoint api;
  private final String task;
  private @Nullable Boolean pinned;

  /** Creates a session that reads nothing yet. */
  MilvusSourceSession(
      SourceConnections connections,
      Channels channels,
      @Nullable MilvusEndpoint api,
      @Nullable StorageEndpoint storage,
      @Nullable GarbageLease garbage,
      String task,
      TaskPins pins) {
    this.connections = connections;
    this.connection = connections.take();
    this.queue = connection.queue().share();
    this.channels = channels;
    this.subscription = Channels.subscription(task);
    this.properties = api == null ? null : new PropertyWatch(SourceApi.connect(api), task);
    this.task = task;
    this.pins = pins;
    this.storage = storage;
    this.garbage = garbage;
    this.api = api;
  }

  @Override
  public Catalog sync() throws InterruptedException {
    if (!listening) {
      connection.flushes().addListener(mail);
      listening = true;
    }
    List<FlushMessage> flushed = inbox.unnamed();
    try {
      Catalog synced = connection.catalog().sync();
      connections.saw(synced);
      inbox.name(flushed, synced);
      latest = properties == null ? synced : properties.overlay(synced);
      return latest;
    } catch (RetriableException e) {
      connections.giveUp(connection);
      throw connection.reason(e);
    }
  }

  @Override
  public Optional<ExistingRows> existing(Scratch scratch) {
    if (storage == null) {
      return Optional.empty();
    }
    StoredRows stored = connection.storedRows(ObjectStorage.open(storage), scratch);
    return Optional.of(
        new MilvusExistingRows(
            stored, api == null ? null : SourceApi.connect(api), garbage, () -> latest));
  }

  @Override
  public void onCatalogChange(Runnable listener) {
    connection.catalog().removeListener(wake);
    wake = listener;
    connection.catalog().addListener(listener);
    if (properties != null) {
      properties.onChange(listener);
    }
  }

  @Override
  public boolean tellsProperties() {
    return properties != null;
  }

  @Override
  public List<Flush> flushes() {
    return inbox.take();
  }

  @Override
  public List<BulkImport> imports() {
    return connection.imports().imports();
  }

  @Override
  public List<Finding> blindSpots() {
    Finding unseenProperties =
        properties != null
            ? null
            : Finding.note(
                "Changes of collections' properties, such as collection.ttl.seconds, are not"
                    + " replicated: Milvus up to 2.3.5 does not write them to etcd.",
                "Set the source's own address as its api, such as http://host:19530.");
    List<Finding> spots = new ArrayList<>(connection.catalog().unreadable());
    Stream.of(
            Optional.ofNullable(unseenProperties),
            Optional.ofNullable(connection.flushes().trouble()),
            Optional.ofNullable(connection.imports().trouble()))
        .flatMap(Optional::stream)
        .forEach(spots::add);
    return spots;
  }

  @Override
  public List<String> channels() {
    try {
      return channels.of(queue);
    } catch (RetriableException e) {
      connections.giveUp(connection);
      throw e;
    }
  }

  @Override
  public ChannelReader read(String channel, ReadFrom from) {
    try {
      MilvusChannelReader reader =
          new MilvusChannelReader(
              channel,
              queue.open(channel, subscription, from, mustHold(channel, from), isPinned(channel)),
              () -> connections.giveUp(connection),
              readers::remove);
      readers.add(reader);
      return reader;
    } catch (RetriableException e) {
      connections.giveUp(connection);
      throw e;
    }
  }

  /** Decides once, so that all channels are pinned or none is. */
  private synchronized boolean isPinned(String channel) {
    if (pinned == null) {
      pinned = pins.pins(task, connection.limits().of(List.of(channel)));
      pins.opened(task, this);
    }
    return pinned;
  }

  /**
   * Returns whether channels are read. A task that copies existing rows pins its messages and reads
   * none. May be called by any thread.
   */
  boolean reads() {
    return !readers.isEmpty();
  }

  /** Removes the pins of the task, which continues to read. May be called by any thread. */
  void unpin() {
    readers.forEach(ChannelReader::unpin);
  }

  /** Pins the task's unread messages again. May be called by any thread. */
  void pin() {
    readers.forEach(ChannelReader::pin);
  }

  private @Nullable Position mustHold(String channel, ReadFrom from) {
    if (from instanceof ReadFrom.Earliest earliest) {
      return firstNeeded(channel, earliest.wanted());
    }
    return from instanceof ReadFrom.Continue unread
        ? firstNeeded(channel, unread.wanted())
        : stated(from);
  }

  /** Returns the message that a beginning names, or null if it names none. */
  private static @Nullable Position stated(ReadFrom from) {
    return from instanceof ReadFrom.Resume resume
        ? resume.position()
        : from instanceof ReadFrom.At at ? at.position() : null;
  }

  /** Returns the beginning of the oldest wanted collection on this channel. */
  private @Nullable Position firstNeeded(
      String channel, BiPredicate<Catalog, CollectionEntry> wanted) {
    return starts(channel, wanted).values().stream().min(queue::compare).orElse(null);
  }

  /** Returns the known beginnings of the wanted living collections on this channel. */
  private Map<CollectionEntry, Position> starts(
      String channel, BiPredicate<Catalog, CollectionEntry> wanted) {
    Map<CollectionEntry, Position> starts = new HashMap<>();
    for (CollectionEntry collection : latest.collections().values()) {
      String start = collection.startPositions().get(channel);
      if (start != null && !collection.dropped() && wanted.test(latest, collection)) {
        starts.put(collection, queue.positionOf(Base64.getDecoder().decode(start)));
      }
    }
    return starts;
  }

  @Override
  public List<Finding> lost(Map<String, ReadFrom> beginnings) {
    LostBeginnings lost = new LostBeginnings(latest, queue::compare);
    Map<String, Held> held = queue.held(beginnings.keySet());
    beginnings.forEach(
        (channel, from) -> {
          Held there = held.get(channel);
          Position stated = stated(from);
          if (there != null && stated != null) {
            lost.stated(channel, stated, there);
          } else if (there != null && from instanceof ReadFrom.Earliest earliest) {
            lost.collections(starts(channel, earliest.wanted()), there);
          }
        });
    return lost.findings();
  }

  /** Removes the task's subscriptions. */
  void forget() {
    queue.unsubscribe(channels(), subscription);
  }

  @Override
  public void close() {
    pins.closed(task, this);
    if (properties != null) {
      properties.close();
    }
    connection.catalog().removeListener(wake);
    connection.flushes().removeListener(mail);
    queue.close();
    connections.giveBack(connection);
  }
}
