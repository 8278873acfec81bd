package io.milvus.cdc.sources.milvus;

import io.milvus.cdc.StartFrom;
import io.milvus.cdc.TlsSettings;
import io.milvus.cdc.catalog.DatabaseEntry;
import io.milvus.cdc.endpoint.Secret;
import io.milvus.cdc.error.ConfigException;
import io.milvus.cdc.event.Position;
import io.milvus.cdc.internal.client.MilvusAddress;
import io.milvus.cdc.internal.etcd.EtcdConnection;
import io.milvus.cdc.internal.etcd.EtcdSettings;
import io.milvus.cdc.internal.kafka.KafkaLogin;
import io.milvus.cdc.internal.queue.QueueSettings;
import io.milvus.cdc.internal.queue.kafka.KafkaSettings;
import io.milvus.cdc.internal.queue.pulsar.PulsarSettings;
import io.milvus.cdc.preflight.Inspection;
import io.milvus.cdc.sources.ChangeSource;
import io.milvus.cdc.sources.Pinning;
import io.milvus.cdc.sources.SourceRetention;
import io.milvus.cdc.sources.SourceSession;
import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * A Milvus 2.3 to 2.5 cluster, read from outside: its catalog from etcd, its rows from Pulsar or
 * Kafka. Nothing is changed on it but durable subscriptions named {@code milvus-cdc-<task>}, if
 * {@link Pinning} asks for them, and Kafka's consumer groups of that name.
 */
public final class MilvusSource implements ChangeSource {
  private final EtcdSettings etcd;
  private final QueueSettings queue;
  private final String channelPrefix;
  private final OwnTopics own;
  private final @Nullable MilvusAddress api;
  private final SourceConnections connections;
  private final Channels channels;
  private final Pinning pinning;
  private final TaskPins pins;

  private MilvusSource(Builder builder) {
    etcd =
        new EtcdSettings(
            builder.endpoints,
            builder.rootPath,
            builder.metaSubPath,
            builder.etcdUser,
            builder.etcdPassword,
            builder.etcdCertificates,
            builder.etcdClientCertificate,
            builder.etcdClientKey);
    queue = builder.kafkaServers.isEmpty() ? builder.pulsarSettings() : builder.kafkaSettings();
    channelPrefix = builder.channelPrefix;
    own = new OwnTopics(channelPrefix, builder.replicateChannel());
    api = builder.apiSettings();
    channels = new Channels(channelPrefix);
    pinning = builder.pinning;
    pins = new TaskPins(pinning);
    connections =
        new SourceConnections(
            () ->
                new SourceConnection(
                    EtcdConnection.open(etcd), etcd, queue, builder.replicateChannel()));
  }

  public static Builder builder() {
    return new Builder();
  }

  @Override
  public Inspection check() throws InterruptedException {
    return new SourcePreflight(etcd, queue, channelPrefix, api, pinning).inspect();
  }

  @Override
  public boolean owns(String topic) {
    return own.contains(topic);
  }

  @Override
  public SourceSession open(String task) {
    return session(task, api);
  }

  private MilvusSourceSession session(String task, @Nullable MilvusAddress asked) {
    return new MilvusSourceSession(connections, channels, asked, task, pins);
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
   * Where to begin after positions that Milvus or a tool of its handed out, such as those of a
   * backup.
   *
   * @param byChannel by virtual or physical channel, a MsgPosition in base 64
   * @throws ConfigException where one is none, or another queue's
   */
  public StartFrom.At startAfter(Map<String, String> byChannel) {
    return new MessagePositions(queue).read(byChannel);
  }

  /**
   * A position as tools of Milvus take it: a MsgPosition in base 64.
   *
   * @param timestamp rows at or below it need not be read again
   */
  public String messagePosition(String channel, Position position, long timestamp) {
    return new MessagePositions(queue).write(channel, position, timestamp);
  }

  /**
   * The names of the databases that exist, as a session saw them last. Asks nobody; empty before a
   * session has seen any.
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
        .formatted(etcd.endpoints(), etcd.rootPath(), queue.name());
  }

  /** Collects where the source is. Every setter's default is in its description. */
  public static final class Builder {
    private List<String> endpoints = List.of();
    private String rootPath = "by-dev";
    private String metaSubPath = "meta";
    private @Nullable String etcdUser;
    private @Nullable Secret etcdPassword;
    private @Nullable Path etcdCertificates;
    private @Nullable Path etcdClientCertificate;
    private @Nullable Path etcdClientKey;
    private String pulsarUrl = "";
    private String pulsarAdmin = "";
    private Pinning pinning = Pinning.AUTOMATIC;
    private String pulsarTenant = "public";
    private String pulsarNamespace = "default";
    private @Nullable Secret pulsarToken;
    private @Nullable Path pulsarCertificates;
    private String kafkaServers = "";
    private boolean kafkaTls;
    private @Nullable Path kafkaCertificates;
    private @Nullable KafkaLogin kafkaLogin;
    private String channelPrefix = "by-dev-rootcoord-dml";
    private String replicateChannel = "";
    private String apiUri = "";
    private @Nullable Secret apiToken;
    private TlsSettings apiTls = TlsSettings.NONE;

    private Builder() {}

    /** The etcd endpoints, such as {@code http://etcd:2379}; {@code https} for TLS. Required. */
    public Builder etcd(String... etcdEndpoints) {
      endpoints = List.of(etcdEndpoints);
      return this;
    }

    /**
     * The source's {@code etcd.rootPath}. Default {@code by-dev}; a Helm release uses its own name.
     */
    public Builder rootPath(String path) {
      rootPath = path;
      return this;
    }

    /** The source's {@code etcd.metaSubPath}. Default {@code meta}. */
    public Builder metaSubPath(String path) {
      metaSubPath = path;
      return this;
    }

    /** The user for etcd, which needs to read only. Default: none. */
    public Builder etcdLogin(String user, String password) {
      etcdUser = user;
      etcdPassword = new Secret(password);
      return this;
    }

    /**
     * A PEM file with the authorities that etcd's certificate may come from. Default: the JVM's.
     */
    public Builder etcdCertificates(Path pem) {
      etcdCertificates = pem;
      return this;
    }

    /**
     * PEM files with our own certificate and its unencrypted PKCS#8 key, for an etcd with {@code
     * --client-cert-auth}. Default: none.
     */
    public Builder etcdClientCertificate(Path certificatePem, Path keyPem) {
      etcdClientCertificate = certificatePem;
      etcdClientKey = keyPem;
      return this;
    }

    /**
     * Pulsar's service address, such as {@code pulsar://mq:6650}; {@code pulsar+ssl} for TLS. This
     * or {@link #kafka} is required, as the source's {@code mq.type} says.
     */
    public Builder pulsar(String serviceUrl) {
      pulsarUrl = serviceUrl;
      return this;
    }

    /**
     * Sets the address of Pulsar's administration, such as {@code http://mq:8080}; {@code https}
     * for TLS. It is asked, and never told, when Pulsar deletes messages and when it stops
     * producers. The token and the certificates for Pulsar are used there, too. Default: port 8080
     * of Pulsar's host, or 8443 with TLS, if the same Pulsar answers there.
     */
    public Builder pulsarAdmin(String httpUrl) {
      pulsarAdmin = httpUrl;
      return this;
    }

    /** Sets whether tasks pin messages in Pulsar. Default: {@link Pinning#AUTOMATIC}. */
    public Builder pinning(Pinning choice) {
      pinning = choice;
      return this;
    }

    /** The source's {@code pulsar.tenant} and {@code pulsar.namespace}. Default public, default. */
    public Builder pulsarNamespace(String tenant, String namespace) {
      pulsarTenant = tenant;
      pulsarNamespace = namespace;
      return this;
    }

    /** A JSON web token for Pulsar. Default: none. */
    public Builder pulsarToken(String token) {
      pulsarToken = new Secret(token);
      return this;
    }

    /**
     * A PEM file with the authorities that Pulsar's certificate may come from. Default: the JVM's.
     */
    public Builder pulsarCertificates(Path pem) {
      pulsarCertificates = pem;
      return this;
    }

    /**
     * Kafka's brokers, such as {@code kafka:9092}, several separated by commas. Kafka keeps
     * messages by its own retention, whoever still needs them: it must be longer than a task is
     * ever away. Needs {@code org.apache.kafka:kafka-clients} on the classpath.
     */
    public Builder kafka(String bootstrapServers) {
      kafkaServers = bootstrapServers;
      return this;
    }

    /**
     * The user for Kafka. It needs to describe and read the source's topics, and to read and delete
     * consumer groups that begin with {@code milvus-cdc-}. Default: none.
     *
     * @param mechanism {@code PLAIN}, {@code SCRAM-SHA-256} or {@code SCRAM-SHA-512}
     * @throws ConfigException where the mechanism is another
     */
    public Builder kafkaLogin(String mechanism, String user, String password) {
      kafkaLogin = new KafkaLogin(mechanism, user, new Secret(password));
      return this;
    }

    /** Speaks TLS with Kafka. Default: only where {@link #kafkaCertificates} are given. */
    public Builder kafkaTls() {
      kafkaTls = true;
      return this;
    }

    /**
     * A PEM file with the authorities that the certificates of Kafka's brokers may come from.
     * Default: the JVM's.
     */
    public Builder kafkaCertificates(Path pem) {
      kafkaCertificates = pem;
      return this;
    }

    /**
     * The source's {@code chanNamePrefix.cluster} and {@code chanNamePrefix.rootCoordDml}, joined
     * by a dash. Default {@code by-dev-rootcoord-dml}.
     */
    public Builder channelPrefix(String prefix) {
      channelPrefix = prefix;
      return this;
    }

    /**
     * The source's {@code chanNamePrefix.cluster} and {@code chanNamePrefix.replicateMsg}, joined
     * by a dash: the topic that tells what users had flushed. It is read without a subscription, as
     * well as it goes; a flush is not replayed where it was asked for while a task was away, and
     * may be replayed twice, which does no harm. Where it cannot be read a task's status says so.
     * Default: what is before {@code rootcoord-dml} in the {@link #channelPrefix}, and {@code
     * replicate-msg}.
     */
    public Builder replicateChannel(String name) {
      replicateChannel = name;
      return this;
    }

    private String replicateChannel() {
      return replicateChannel.isEmpty()
          ? channelPrefix.replaceFirst("rootcoord-dml$", "") + "replicate-msg"
          : replicateChannel;
    }

    /**
     * The address of the source itself, such as {@code http://milvus:19530}; {@code https} for TLS.
     * It is asked for what etcd does not tell: changed properties of collections. It must be able
     * to describe them. Default: none; then a task's status says what cannot be seen.
     */
    public Builder api(String uri) {
      apiUri = uri;
      return this;
    }

    /** {@code user:password}, or an API key, for {@link #api}. Default: none. */
    public Builder apiToken(String token) {
      apiToken = new Secret(token);
      return this;
    }

    /**
     * A PEM file with the authorities that the certificate of {@link #api} may come from. Default:
     * the JVM's.
     */
    public Builder apiCertificates(Path pem) {
      apiTls = apiTls.certificates(pem);
      return this;
    }

    /**
     * PEM files with our own certificate and its unencrypted PKCS#8 key, for an {@link #api} that
     * asks for one. Default: none.
     *
     * @throws ConfigException if only one of them is given
     */
    public Builder apiClientCertificate(Path certificatePem, Path keyPem) {
      apiTls = apiTls.clientCertificate(certificatePem, keyPem);
      return this;
    }

    /** The name that the certificate of {@link #api} must hold. Default: the address's host. */
    public Builder apiServerName(String name) {
      apiTls = apiTls.serverName(name);
      return this;
    }

    /**
     * The source; nothing is contacted yet.
     *
     * @throws ConfigException where an address is missing, or plain although certificates are
     *     given, or both queues are
     */
    public MilvusSource build() {
      if (endpoints.isEmpty()) {
        throw new ConfigException(
            "The source's etcd is missing. Set etcd, such as http://host:2379.");
      }
      if (pulsarUrl.isEmpty() && kafkaServers.isEmpty()) {
        throw new ConfigException(
            "The source's queue is missing. Set pulsar, such as pulsar://host:6650, or kafka, such as host:9092,"
                + " as its mq.type says.");
      }
      if (!pulsarUrl.isEmpty() && !kafkaServers.isEmpty()) {
        throw new ConfigException(
            "Both Pulsar at %s and Kafka at %s are given. A source has one queue: its mq.type says which."
                .formatted(pulsarUrl, kafkaServers));
      }
      if (!pulsarAdmin.isEmpty() && !pulsarAdmin.matches("https?://[^/\\s]+/?")) {
        throw new ConfigException(
            "'%s' is not an address of Pulsar's administration. Set pulsarAdmin to one like http://host:8080."
                .formatted(pulsarAdmin));
      }
      MilvusSource source = new MilvusSource(this);
      if (etcdCertificates != null && !source.etcd.tls()) {
        throw new ConfigException(
            "etcdCertificates are given, but etcd at %s is to be reached without TLS. Give https addresses."
                .formatted(endpoints));
      }
      if (pulsarCertificates != null && !pulsarSettings().tls()) {
        throw new ConfigException(
            "pulsarCertificates are given, but Pulsar at %s is to be reached without TLS. Give a pulsar+ssl address."
                .formatted(pulsarUrl));
      }
      return source;
    }

    @Nullable MilvusAddress apiSettings() {
      if (apiUri.isEmpty()) {
        return null;
      }
      URI uri;
      try {
        uri = URI.create(apiUri);
      } catch (IllegalArgumentException e) {
        throw badApi(e);
      }
      if (uri.getHost() == null || !List.of("http", "https").contains(uri.getScheme())) {
        throw badApi(null);
      }
      apiTls.requireTls(uri, "the source's API");
      return new MilvusAddress(uri, apiToken, apiTls);
    }

    private ConfigException badApi(@Nullable Throwable cause) {
      String message =
          "The source's API address '%s' cannot be used. Give it like http://host:19530."
              .formatted(apiUri);
      return cause == null ? new ConfigException(message) : new ConfigException(message, cause);
    }

    private QueueSettings kafkaSettings() {
      return new KafkaSettings(
          kafkaServers, kafkaTls || kafkaCertificates != null, kafkaCertificates, kafkaLogin);
    }

    private PulsarSettings pulsarSettings() {
      return new PulsarSettings(
          pulsarUrl, pulsarAdmin, pulsarTenant, pulsarNamespace, pulsarToken, pulsarCertificates);
    }
  }
}
