package io.milvus.cdc.http.config;

import io.milvus.cdc.endpoint.EtcdEndpoint;
import io.milvus.cdc.endpoint.KafkaEndpoint;
import io.milvus.cdc.endpoint.PulsarEndpoint;
import io.milvus.cdc.error.ConfigException;
import io.milvus.cdc.http.config.ServerConfig.Limits;
import io.milvus.cdc.http.fields.Fields;
import io.milvus.cdc.sources.milvus.MilvusSource;
import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Reads names that only the Go server's configuration has, and reports names that have no meaning
 * here.
 */
final class GoKeys {
  private static final String REPLICATE_SUFFIX = "-replicate-msg";

  /**
   * Lists the names that are accepted without effect. Their subjects work differently here, or
   * automatically.
   */
  private static final List<String> WITHOUT_MEANING =
      List.of(
          "detectDeadLock",
          "batchMode",
          "retry",
          "packer",
          "metaStoreConfig",
          "enableReverse",
          "reverseMilvus",
          "currentMilvus",
          "sourceConfig.readChanLen",
          "sourceConfig.channelNum",
          "sourceConfig.timeTickInterval",
          "sourceConfig.defaultPartitionName",
          "sourceConfig.pulsar.maxMessageSize",
          "sourceConfig.kafka.producer",
          "sourceConfig.kafka.consumer",
          "sourceConfig.etcd.tlsMinVersion");

  private final Fields top;
  private final Fields source;

  GoKeys(Fields top) {
    this.top = top;
    this.source = top.object("sourceConfig");
  }

  /** Rejects settings without which the server would behave differently from its configuration. */
  void refuseWhatWouldMislead() {
    if (top.flag("dryRun", false)) {
      throw new ConfigException(
          "'dryRun' is true: this server has no dry run and would replicate.", "Remove it.");
    }
    if (!top.text("replicateID", "").isEmpty()) {
      throw new ConfigException(
          ("'replicateID' is '%s': replication by id is a feature of Milvus 2.6 and not"
                  + " supported.")
              .formatted(top.text("replicateID")),
          "Leave it empty.");
    }
  }

  Limits limits(Limits ours) {
    int tasks = top.integer("maxTaskNum", ours.tasks());
    return new Limits(
        tasks > 0 ? tasks : ours.tasks(),
        ours.requestBytes(),
        ours.requestsPerSecond(),
        top.integer("maxNameLength", ours.nameLength()));
  }

  String replicateChannel() {
    return source.required("replicateChan");
  }

  MilvusSource source() {
    MilvusSource.Builder builder = MilvusSource.builder();
    etcd(builder);
    String channel = replicateChannel();
    builder.replicateChannel(channel);
    if (channel.endsWith(REPLICATE_SUFFIX)) {
      String cluster = channel.substring(0, channel.length() - REPLICATE_SUFFIX.length());
      builder.channelPrefix(cluster + "-rootcoord-dml");
    }
    if (!source.object("pulsar").text("address", "").isEmpty()) {
      pulsar(source.object("pulsar"), builder);
    } else {
      kafka(source.object("kafka"), builder);
    }
    return builder.build();
  }

  private void etcd(MilvusSource.Builder builder) {
    Fields etcd = source.object("etcd");
    boolean old = source.has("etcdAddress");
    List<String> addresses =
        old ? source.oneOrMoreTexts("etcdAddress") : etcd.oneOrMoreTexts("address");
    boolean tls = !old && etcd.flag("enableTLS", false);
    EtcdEndpoint endpoint =
        EtcdEndpoint.at(
            (addresses.isEmpty() ? List.of("127.0.0.1:2379") : addresses)
                .stream().map(address -> withScheme(address, tls)).toArray(String[]::new));
    builder.rootPath(orElse(old ? source.text("etcdRootPath") : etcd.text("rootPath"), "by-dev"));
    builder.metaSubPath(
        orElse(old ? source.text("etcdMetaSubPath") : etcd.text("metaSubPath"), "meta"));
    if (!old && etcd.flag("enableAuth", false)) {
      endpoint = endpoint.login(etcd.required("username"), etcd.required("password"));
    }
    // Samples contain these names even if the feature is off.
    List.of("username", "password", "tlsCACertPath", "tlsCertPath", "tlsKeyPath")
        .forEach(etcd::has);
    if (tls) {
      endpoint = endpoint.trust(Path.of(etcd.required("tlsCACertPath")));
      if (etcd.has("tlsCertPath")) {
        endpoint =
            endpoint.clientCertificate(
                Path.of(etcd.required("tlsCertPath")), Path.of(etcd.required("tlsKeyPath")));
      }
    }
    builder.etcd(endpoint);
  }

  private static String withScheme(String address, boolean tls) {
    String bare = address.replaceFirst("^https?://", "");
    return (tls || address.startsWith("https:") ? "https://" : "http://") + bare;
  }

  private static String orElse(@Nullable String text, String otherwise) {
    return text == null || text.isEmpty() ? otherwise : text;
  }

  private static void pulsar(Fields pulsar, MilvusSource.Builder builder) {
    PulsarEndpoint endpoint = PulsarEndpoint.at(pulsar.required("address"));
    String admin = admin(pulsar);
    endpoint = admin.isEmpty() ? endpoint : endpoint.admin(admin);
    builder.pulsarNamespace(pulsar.text("tenant", "public"), pulsar.text("namespace", "default"));
    String plugin = pulsar.text("authPlugin", "");
    if (plugin.isEmpty()) {
      builder.queue(endpoint);
      return;
    }
    String parameters = pulsar.text("authParams", "");
    if (!plugin.toLowerCase(Locale.ROOT).contains("token") || !parameters.startsWith("token:")) {
      throw new ConfigException(
          "'sourceConfig.pulsar.authPlugin' is '%s'.".formatted(plugin),
          "Only tokens are supported: AuthenticationToken with authParams 'token:...'.");
    }
    builder.queue(endpoint.token(parameters.substring("token:".length())));
  }

  /** Older versions of the Go server have a port of the broker's host instead. */
  private static String admin(Fields pulsar) {
    String address = pulsar.text("webAddress", "");
    int port = pulsar.integer("webPort", 0);
    if (!address.isEmpty()) {
      return address.contains("://") ? address : "http://" + address;
    }
    URI broker = URI.create(pulsar.required("address").split(",", 2)[0]);
    return port == 0 || broker.getHost() == null
        ? ""
        : "%s://%s:%d"
            .formatted(
                "pulsar+ssl".equals(broker.getScheme()) ? "https" : "http", broker.getHost(), port);
  }

  private static void kafka(Fields kafka, MilvusSource.Builder builder) {
    if (kafka.text("address", "").isEmpty()) {
      throw new ConfigException(
          "The source's queue is missing.",
          "Set 'sourceConfig.pulsar.address' or 'sourceConfig.kafka.address'.");
    }
    KafkaEndpoint endpoint = KafkaEndpoint.at(kafka.required("address"));
    if (!kafka.text("saslUsername", "").isEmpty()) {
      endpoint =
          endpoint.login(
              orElse(kafka.text("saslMechanisms"), "PLAIN"),
              kafka.required("saslUsername"),
              kafka.required("saslPassword"));
    }
    boolean tls = kafka.text("securityProtocol", "").toUpperCase(Locale.ROOT).endsWith("SSL");
    builder.queue(tls ? endpoint.overTls() : endpoint);
  }

  /** Returns the names in the file that have no meaning here. */
  List<String> withoutMeaning() {
    return WITHOUT_MEANING.stream().filter(this::has).flatMap(GoKeys::explained).toList();
  }

  private boolean has(String path) {
    String[] names = path.split("\\.", -1);
    Fields at = top;
    for (int i = 0; i < names.length - 1; i++) {
      if (!at.has(names[i])) {
        return false;
      }
      at = at.object(names[i]);
    }
    return at.has(names[names.length - 1]);
  }

  private static Stream<String> explained(String path) {
    return Stream.of(
        path.equals("metaStoreConfig") ? "metaStoreConfig (tasks are stored in 'state')" : path);
  }
}
