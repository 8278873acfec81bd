package io.milvus.cdc.source.milvus;

import io.milvus.cdc.catalog.Catalog;
import io.milvus.cdc.event.Position;
import io.milvus.cdc.source.ChannelReader;
import io.milvus.cdc.source.ReadFrom;
import io.milvus.cdc.source.SourceSession;
import io.milvus.cdc.source.mq.MessageQueue;
import java.util.Base64;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** One task's connections to a source Milvus. */
final class MilvusSourceSession implements SourceSession {
  private final EtcdConnection etcd;
  private final EtcdCatalog catalog;
  private final MessageQueue queue;
  private final String channelPrefix;
  private final String subscription;
  private Catalog latest = Catalog.EMPTY;

  MilvusSourceSession(
      EtcdConnection etcd,
      EtcdSettings settings,
      MessageQueue queue,
      String channelPrefix,
      String task) {
    this.etcd = etcd;
    this.catalog = new EtcdCatalog(etcd, settings.metaPrefix());
    this.queue = queue;
    this.channelPrefix = channelPrefix;
    this.subscription = "milvus-cdc-" + task;
  }

  EtcdConnection etcd() {
    return etcd;
  }

  MessageQueue queue() {
    return queue;
  }

  @Override
  public Catalog sync() throws InterruptedException {
    latest = catalog.sync();
    return latest;
  }

  @Override
  public void onCatalogChange(Runnable wake) {
    catalog.onChange(wake);
  }

  /**
   * With Pulsar Milvus makes the topics of all its channels when it starts; with Kafka each when
   * its first collection comes.
   */
  @Override
  public List<String> channels() {
    Pattern channel = Pattern.compile(Pattern.quote(channelPrefix) + "_\\d+");
    return queue.topics().stream().filter(channel.asMatchPredicate()).sorted().toList();
  }

  @Override
  public ChannelReader read(String channel, ReadFrom from) {
    Position mustHold =
        from instanceof ReadFrom.Resume resume
            ? resume.position()
            : from instanceof ReadFrom.Earliest || from instanceof ReadFrom.Continue
                ? firstNeeded(channel)
                : null;
    return new MilvusChannelReader(channel, queue.open(channel, subscription, from, mustHold));
  }

  /** Where the oldest living collection on this channel begins. */
  private @Nullable Position firstNeeded(String channel) {
    return latest.collections().values().stream()
        .filter(collection -> !collection.dropped())
        .map(collection -> collection.startPositions().get(channel))
        .filter(start -> start != null)
        .map(start -> queue.positionOf(Base64.getDecoder().decode(start)))
        .min(queue::compare)
        .orElse(null);
  }

  /** Removes the task's subscriptions. */
  void forget() {
    queue.unsubscribe(channels(), subscription);
  }

  @Override
  public void close() {
    catalog.close();
    etcd.close();
    queue.close();
  }
}
