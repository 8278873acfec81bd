package io.milvus.cdc.source.milvus;

import io.milvus.cdc.catalog.Catalog;
import io.milvus.cdc.catalog.CollectionEntry;
import io.milvus.cdc.client.MilvusAddress;
import io.milvus.cdc.error.RetriableException;
import io.milvus.cdc.event.BulkImport;
import io.milvus.cdc.event.Flush;
import io.milvus.cdc.event.Position;
import io.milvus.cdc.preflight.Finding;
import io.milvus.cdc.source.ChannelReader;
import io.milvus.cdc.source.ReadFrom;
import io.milvus.cdc.source.SourceSession;
import io.milvus.cdc.source.decode.FlushMessage;
import io.milvus.cdc.source.mq.Held;
import io.milvus.cdc.source.mq.MessageQueue;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * One task's use of a source Milvus: subscriptions of its own, by way of connections that it
 * shares.
 */
final class MilvusSourceSession implements SourceSession {
  private final SourceConnections connections;
  private final SourceConnection connection;
  private final MessageQueue queue;
  private final String channelPrefix;
  private final String subscription;
  private final @Nullable PropertyWatch properties;
  private final FlushInbox inbox = new FlushInbox();
  private final Consumer<FlushMessage> mail = inbox::add;
  private boolean listening;
  private Runnable wake = () -> {};
  private Catalog latest = Catalog.EMPTY;

  MilvusSourceSession(
      SourceConnections connections,
      String channelPrefix,
      @Nullable MilvusAddress api,
      String task) {
    this.connections = connections;
    this.connection = connections.take();
    this.queue = connection.queue().share();
    this.channelPrefix = channelPrefix;
    this.subscription = "milvus-cdc-" + task;
    this.properties = api == null ? null : new PropertyWatch(SourceApi.connect(api), task);
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
      inbox.name(flushed, synced);
      latest = properties == null ? synced : properties.overlay(synced);
      return latest;
    } catch (RetriableException e) {
      connections.giveUp(connection);
      throw e;
    }
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
  public List<String> blindSpots() {
    String unseenProperties =
        properties != null
            ? ""
            : "Changes of collections' properties, such as collection.ttl.seconds, are not seen:"
                + " Milvus up to 2.3.5 does not write them to etcd. Set the source's own address as its"
                + " api, such as http://host:19530.";
    return Stream.of(
            unseenProperties, connection.flushes().trouble(), connection.imports().trouble())
        .filter(spot -> !spot.isEmpty())
        .toList();
  }

  /**
   * With Pulsar Milvus makes the topics of all its channels when it starts; with Kafka each when
   * its first collection comes.
   */
  @Override
  public List<String> channels() {
    Pattern channel = Pattern.compile(Pattern.quote(channelPrefix) + "_\\d+");
    try {
      return queue.topics().stream().filter(channel.asMatchPredicate()).sorted().toList();
    } catch (RetriableException e) {
      connections.giveUp(connection);
      throw e;
    }
  }

  @Override
  public ChannelReader read(String channel, ReadFrom from) {
    Position mustHold = stated(from);
    if (from instanceof ReadFrom.Earliest || from instanceof ReadFrom.Continue) {
      mustHold = firstNeeded(channel);
    }
    try {
      return new MilvusChannelReader(
          channel,
          queue.open(channel, subscription, from, mustHold),
          () -> connections.giveUp(connection));
    } catch (RetriableException e) {
      connections.giveUp(connection);
      throw e;
    }
  }

  /** The message that a beginning names. */
  private static @Nullable Position stated(ReadFrom from) {
    return from instanceof ReadFrom.Resume resume
        ? resume.position()
        : from instanceof ReadFrom.At at ? at.position() : null;
  }

  /** Where the oldest living collection on this channel begins. */
  private @Nullable Position firstNeeded(String channel) {
    return starts(channel).values().stream().min(queue::compare).orElse(null);
  }

  /** Where each living collection on this channel begins, as far as that is known. */
  private Map<CollectionEntry, Position> starts(String channel) {
    Map<CollectionEntry, Position> starts = new HashMap<>();
    for (CollectionEntry collection : latest.collections().values()) {
      String start = collection.startPositions().get(channel);
      if (start != null && !collection.dropped()) {
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
          } else if (there != null && from instanceof ReadFrom.Earliest) {
            lost.collections(starts(channel), there);
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
    if (properties != null) {
      properties.close();
    }
    connection.catalog().removeListener(wake);
    connection.flushes().removeListener(mail);
    queue.close();
    connections.giveBack(connection);
  }
}
