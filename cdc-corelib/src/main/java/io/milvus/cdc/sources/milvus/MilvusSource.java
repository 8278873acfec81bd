package io.milvus.cdc.sources.milvus;

import io.milvus.cdc.StartFrom;
import io.milvus.cdc.annotation.Incubating;
import io.milvus.cdc.catalog.DatabaseEntry;
import io.milvus.cdc.endpoint.EtcdEndpoint;
import io.milvus.cdc.endpoint.KafkaEndpoint;
import io.milvus.cdc.endpoint.MilvusEndpoint;
import io.milvus.cdc.endpoint.PulsarEndpoint;
import io.milvus.cdc.endpoint.StorageEndpoint;
import io.milvus.cdc.error.ConfigException;
import io.milvus.cdc.event.HybridTime;
import io.milvus.cdc.event.Position;
import io.milvus.cdc.internal.binlog.Libraries;
import io.milvus.cdc.internal.queue.QueueSettings;
import io.milvus.cdc.internal.queue.kafka.KafkaSettings;
import io.milvus.cdc.internal.queue.pulsar.PulsarSettings;
import io.milvus.cdc.preflight.Inspection;
import io.milvus.cdc.sources.ChangeSource;
import io.milvus.cdc.sources.Pinning;
import io.milvus.cdc.sources.SourceRetention;
import io.milvus.cdc.sources.SourceSession;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Reads a Milvus 2.3 to 2.5 cluster from outside: its catalog from etcd, its rows from Pulsar or
 * Kafka. It writes nothing but durable subscriptions named {@code milvus-cdc-<task>}, if {@link
 * Pinning} requires them, and Kafka's consumer groups of that name.
 */
public final class MilvusSource implements ChangeSource {
  private final EtcdEndpoint etcd;
  private final MetaLayout layout;
  private final QueueSettings queue;
  private final String channelPrefix;
  private final OwnTopics own;
  private final @Nullable MilvusEndpoint api;
  private final @Nullable StorageEndpoint storage;
  private final @Nullable GarbageLease garbage;
  private final SourceConnections connections;
  private final Channels channels;
  private final Pinning pinning;
  private final TaskPins pins;

  private MilvusSource(EtcdEndpoint etcd, QueueSettings queue, Builder builder) {
    this.etcd = etcd;
    this.queue = queue;
    layout = new MetaLayout(builder.rootPath, builder.metaSubPath);
    channelPrefix = builder.channelPrefix;
    own = new OwnTopics(channelPrefix, builder.replicateChannel());
    api = builder.api;
    storage = builder.storage;
    garbage = builder.garbage;
    channels = new Channels(channelPrefix);
    pinning = builder.pinning;
    pins = new TaskPins(pinning);
    connections =
        new SourceConnections(
            () -> new SourceConnection(etcd, layout, queue, builder.replicateChannel()));
  }

  /** Returns a builder without an etcd and a queue. */
  public static Builder builder() {
    return new Builder();
  }

  @Override
  public Inspection check() throws InterruptedException {
    return new SourcePreflight(etcd, layout, queue, channelPrefix, api, storage, garbage, pinning)
        .inspect();
  }

  @Override
  public boolean owns(String topic) {
    return own.contains(topic);
  }

  @Override
  public boolean readsExistingRows() {
    return storage != null;
  }

  @Override
  public boolean canFlush() {
    return api != null;
  }

  @Override
  public SourceSession open(String task) {
    return session(task, api);
  }

  private MilvusSourceSession session(String task, @Nullable MilvusEndpoint asked) {
    return new MilvusSourceSession(connections, channels, asked, storage, garbage, task, pins);
  }

  @Override
  public SourceRetention retention() {
    return new MilvusRetention(connections, pins, channels);
  }

  @Override
  public void forget(String task) {
    try (MilvusSourceSession session = session(task, null)) {
      session.forget();
    }
  }

  /**
   * Returns the start after positions that Milvus or one of its tools returned, such as those of a
   * backup.
   *
   * @param byChannel a base64 MsgPosition by virtual or physical channel
   * @throws ConfigException if a position is invalid, or belongs to another queue
   */
  public StartFrom.At startAfter(Map<String, String> byChannel) {
    return new MessagePositions(queue).read(byChannel);
  }

  /**
   * Returns a position in the format of Milvus's tools: a base64 MsgPosition.
   *
   * @param timestamp the timestamp up to which rows need not be read again, inclusive
   */
  public String messagePosition(String channel, Position position, HybridTime timestamp) {
    return new MessagePositions(queue).write(channel, position, timestamp);
  }

  /**
   * Returns the names of the databases, as a session saw them last. Contacts nothing. Empty before
   * a session has seen any.
   */
  public Set<String> databases() {
    return connections.seen().databases().values().stream()
        .filter(database -> !database.dropped())
        .map(DatabaseEntry::name)
        .collect(Collectors.toUnmodifiableSet());
  }

  @Override
  public String toString() {
    return "MilvusSource[etcd=%s/%s, %s]"
        .formatted(etcd.addresses(), layout.rootPath(), queue.name());
  }

  /**
   * Collects the addresses and names of the source. Each setter states its default. For one thread.
   */
  public static final class Builder {
    private @Nullable EtcdEndpoint etcd;
    private String rootPath = "by-dev";
    private String metaSubPath = "meta";
    private @Nullable PulsarEndpoint pulsar;
    private @Nullable KafkaEndpoint kafka;
    private Pinning pinning = Pinning.AUTOMATIC;
    private String pulsarTenant = "public";
    private String pulsarNamespace = "default";
    private String channelPrefix = "by-dev-rootcoord-dml";
    private String replicateChannel = "";
    private @Nullable MilvusEndpoint api;
    private @Nullable StorageEndpoint storage;
    private @Nullable GarbageLease garbage;

    private Builder() {}

    /** Sets the etcd at addresses such as {@code http://etcd:2379}. See {@link EtcdEndpoint#at}. */
    public Builder etcd(String... addresses) {
      return etcd(EtcdEndpoint.at(addresses));
    }

    /** Sets the source's etcd. If it requires a login, read permission suffices. Required. */
    public Builder etcd(EtcdEndpoint endpoint) {
      etcd = Objects.requireNonNull(endpoint, "endpoint");
      return this;
    }

    /**
     * Sets the source's {@code etcd.rootPath}. Default: {@code by-dev}; a Helm release uses its own
     * name.
     */
    public Builder rootPath(String path) {
      rootPath = Objects.requireNonNull(path, "path");
      return this;
    }

    /** Sets the source's {@code etcd.metaSubPath}. Default: {@code meta}. */
    public Builder metaSubPath(String path) {
      metaSubPath = Objects.requireNonNull(path, "path");
      return this;
    }

    /**
     * Sets the Pulsar at an address such as {@code pulsar://mq:6650}. See {@link
     * PulsarEndpoint#at}.
     */
    public Builder pulsar(String serviceUrl) {
      return queue(PulsarEndpoint.at(serviceUrl));
    }

    /**
     * Sets the source's Pulsar. A Pulsar or a Kafka is required, according to the source's {@code
     * mq.type}.
     *
     * @throws ConfigException if a Kafka is set
     */
    public Builder queue(PulsarEndpoint endpoint) {
      pulsar = Objects.requireNonNull(endpoint, "endpoint");
      return withOneQueue();
    }

    /** Sets the Kafka at an address such as {@code kafka:9092}. See {@link KafkaEndpoint#at}. */
    public Builder kafka(String brokers) {
      return queue(KafkaEndpoint.at(brokers));
    }

    /**
     * Sets the source's Kafka. Kafka deletes messages by its own retention, even if a task still
     * needs them. The retention must be longer than a task is ever away. Needs {@code
     * org.apache.kafka:kafka-clients} on the classpath.
     *
     * <p>If Kafka requires a login, the user needs to describe and read the source's topics. It
     * also needs to read and delete consumer groups that begin with {@code milvus-cdc-}.
     *
     * @throws ConfigException if a Pulsar is set
     */
    public Builder queue(KafkaEndpoint endpoint) {
      kafka = Objects.requireNonNull(endpoint, "endpoint");
      return withOneQueue();
    }

    private Builder withOneQueue() {
      if (pulsar != null && kafka != null) {
        throw new ConfigException(
            "Both %s and %s are set.".formatted(pulsar, kafka),
            "Set only the queue that the source's mq.type names.");
      }
      return this;
    }

    /** Sets whether tasks pin messages in Pulsar. Default: {@link Pinning#AUTOMATIC}. */
    public Builder pinning(Pinning choice) {
      pinning = Objects.requireNonNull(choice, "choice");
      return this;
    }

    /**
     * Sets the source's {@code pulsar.tenant} and {@code pulsar.namespace}. Default: {@code public}
     * and {@code default}.
     */
    public Builder pulsarNamespace(String tenant, String namespace) {
      pulsarTenant = Objects.requireNonNull(tenant, "tenant");
      pulsarNamespace = Objects.requireNonNull(namespace, "namespace");
      return this;
    }

    /**
     * Sets the source's {@code chanNamePrefix.cluster} and {@code chanNamePrefix.rootCoordDml},
     * joined by a dash. Default: {@code by-dev-rootcoord-dml}.
     */
    public Builder channelPrefix(String prefix) {
      channelPrefix = Objects.requireNonNull(prefix, "prefix");
      return this;
    }

    /**
     * Sets the source's {@code chanNamePrefix.cluster} and {@code chanNamePrefix.replicateMsg},
     * joined by a dash. This topic reports the flushes that clients request. It is read without a
     * subscription, on a best effort. A flush that is requested while a task is away is not
     * replayed. A flush may be replayed twice, which is harmless. If the topic cannot be read, a
     * task's status reports that. Default: the {@link #channelPrefix} with {@code replicate-msg} in
     * place of {@code rootcoord-dml}.
     */
    public Builder replicateChannel(String name) {
      replicateChannel = Objects.requireNonNull(name, "name");
      return this;
    }

    private String replicateChannel() {
      return replicateChannel.isEmpty()
          ? channelPrefix.replaceFirst("rootcoord-dml$", "") + "replicate-msg"
          : replicateChannel;
    }

    /** Sets the source's own address, such as {@code http://milvus:19530}. */
    public Builder api(String uri) {
      return api(MilvusEndpoint.at(uri));
    }

    /**
     * Sets the source's own address. A task reads the data there that etcd does not hold: changed
     * properties of collections. The user must be able to describe them. Default: none; a task's
     * status then lists the changes that it cannot see.
     */
    public Builder api(MilvusEndpoint endpoint) {
      api = Objects.requireNonNull(endpoint, "endpoint");
      return this;
    }

    /**
     * Sets the storage in which the source has its rows: an {@link
     * io.milvus.cdc.endpoint.S3Endpoint} or a {@link io.milvus.cdc.endpoint.DirectoryEndpoint}. A
     * task that starts from {@link io.milvus.cdc.StartFrom#existing} reads them there. Read
     * permission suffices. Default: none.
     */
    @Incubating
    public Builder storage(StorageEndpoint endpoint) {
      storage = Objects.requireNonNull(endpoint, "endpoint");
      return this;
    }

    /**
     * Sets the address of the source's metrics port, such as {@code http://milvus:9091}. While a
     * task copies existing rows, it holds off the source's garbage collection there, so that no
     * file vanishes. The hold ends with the copy, or by itself within an hour after a crash.
     * Default: none; the task then lists the files again if one vanishes.
     *
     * @throws ConfigException if the address is not an address of HTTP
     */
    @Incubating
    public Builder management(String address) {
      garbage = new GarbageLease(Objects.requireNonNull(address, "address"));
      return this;
    }

    /**
     * Creates the source. Contacts nothing yet.
     *
     * @throws ConfigException if the etcd or the queue is missing, if there are two queues, or if a
     *     storage is set and a library to read it is not on the classpath
     */
    public MilvusSource build() {
      if (etcd == null) {
        throw new ConfigException(
            "The source's etcd is missing.", "Set etcd, such as http://host:2379.");
      }
      withOneQueue();
      if (storage != null) {
        Libraries.require();
      }
      if (pulsar != null) {
        return new MilvusSource(
            etcd, new PulsarSettings(pulsar, pulsarTenant, pulsarNamespace), this);
      }
      if (kafka != null) {
        return new MilvusSource(etcd, new KafkaSettings(kafka), this);
      }
      throw new ConfigException(
          "The source's queue is missing.",
          "Set pulsar, such as pulsar://host:6650, or kafka, such as host:9092, according"
              + " to its mq.type.");
    }
  }
}
