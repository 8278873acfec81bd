package io.milvus.cdc.http.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.milvus.cdc.endpoint.EtcdEndpoint;
import io.milvus.cdc.endpoint.MilvusEndpoint;
import io.milvus.cdc.error.ConfigException;
import io.milvus.cdc.http.task.TargetAddress;
import io.milvus.cdc.http.task.TargetSpec;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ConfigFileTest {
  private static final String SOURCE =
      "source: {etcd: 'http://etcd:2379', pulsar: 'pulsar://mq:6650'}\n";

  private static ServerConfig read(String yaml) {
    return ConfigFile.parse(yaml, Map.of());
  }

  @Test
  void aShortFileIsEnough() {
    ServerConfig config = read(SOURCE);

    assertThat(config.listen()).isEqualTo(new ServerConfig.Listen("127.0.0.1", 8444));
    assertThat(config.store()).isEqualTo(new StoreChoice.Files(Path.of("cdc-state")));
    assertThat(config.advertised()).hasToString("http://127.0.0.1:8444");
    assertThat(config.token()).isNull();
    assertThat(config.targets()).isEmpty();
    assertThat(config.limits()).isEqualTo(ServerConfig.Limits.DEFAULT);
    assertThat(config.source())
        .hasToString("MilvusSource[etcd=[http://etcd:2379]/by-dev, Pulsar at pulsar://mq:6650]");
  }

  @Test
  void everythingCanBeSaid(@TempDir Path directory) throws Exception {
    Path token = Files.writeString(directory.resolve("token"), "s3cret\n");
    ServerConfig config =
        read(
            """
            listen: '[::]:9000'
            state: /var/lib/cdc
            tokenFile: %s
            tls: {certificate: server.pem, key: server.key}
            key: abc
            logLevel: debug
            memoryBudget: 8388608
            limits: {tasks: 5, requestBytes: 1000, requestsPerSecond: 7}
            source:
              etcd: [http://a:2379, http://b:2379]
              rootPath: release
              metaSubPath: meta
              etcdUser: reader
              etcdPassword: 12345
              kafka: mq:9092
              kafkaMechanism: SCRAM-SHA-256
              kafkaUser: u
              kafkaPassword: p
              kafkaTls: true
              channelPrefix: release-rootcoord-dml
              replicateChannel: release-flushes
              api: {uri: http://milvus:19530, token: root:Milvus}
            targets:
              dr: {uri: http://DR:19530/, token: root:Milvus, etcd: http://e:2379, rootPath: dr}
              managed: {uri: https://m:443, token: key, clientWrites: true}
              former: {uri: http://f:1, etcd: http://e:2379, makeReplica: true, ordinaryRequests: false}
            """
                .formatted(token));

    assertThat(config.listen()).isEqualTo(new ServerConfig.Listen("::", 9000));
    assertThat(config.token().value()).isEqualTo("s3cret");
    assertThat(config.tls().key()).isEqualTo(Path.of("server.key"));
    assertThat(config.limits()).isEqualTo(new ServerConfig.Limits(5, 1000, 7, 256));
    assertThat(config.memoryBudget()).isEqualTo(8388608);
    TargetAddress dr = (TargetAddress) config.targets().get("dr");
    assertThat(dr.uri()).isEqualTo("http://dr:19530");
    assertThat(dr.endpoint()).isEqualTo(MilvusEndpoint.at("http://dr:19530").token("root:Milvus"));
    TargetAddress former = (TargetAddress) config.targets().get("former");
    assertThat(former.allowStandbySwitch()).isTrue();
    assertThat(former.clientWrites()).isFalse();
    assertThat(dr.clientWrites()).isFalse();
    assertThat(((TargetAddress) config.targets().get("managed")).clientWrites()).isTrue();
    assertThat(config.sourceApi())
        .isEqualTo(MilvusEndpoint.at("http://milvus:19530").token("root:Milvus"));
    assertThat(config.source())
        .hasToString("MilvusSource[etcd=[http://a:2379, http://b:2379]/release, Kafka at mq:9092]");
    assertThat(config.source().owns("release-flushes")).isTrue();
    assertThat(config.toString()).doesNotContain("s3cret", "root:Milvus", "abc", "12345");
  }

  @Test
  void theSourcesApiMayAskForOurCertificate() {
    ServerConfig config =
        read(
            """
            source:
              etcd: http://a:2379
              pulsar: pulsar://p:6650
              api: {uri: 'https://milvus:443', certificates: ca.pem, clientCertificate: our.pem,
                    clientKey: our.key, serverName: milvus.example}
            """);
    assertThat(config.sourceApi())
        .isEqualTo(
            MilvusEndpoint.at("https://milvus:443")
                .trust(Path.of("ca.pem"))
                .clientCertificate(Path.of("our.pem"), Path.of("our.key"))
                .serverName("milvus.example"));
    assertThatThrownBy(
            () ->
                read(
                    """
                    source: {etcd: 'http://a:2379', pulsar: 'pulsar://p:6650',
                             api: {uri: 'https://milvus:443', clientKey: our.key}}
                    """))
        .isInstanceOf(ConfigException.class)
        .hasMessageContainingAll("our.key", "Set both");
  }

  @Test
  void aTargetMayBeTopics() {
    ServerConfig config =
        read(
            SOURCE
                + """
                targets:
                  one: {kafka: 'a:9092,b:9092', topic: changes, user: u, password: s3cret, tls: true,
                        format: debezium-schemas, partitions: 3, watermarkMillis: 250}
                  two: {pulsar: 'pulsar://p:6650', topic: changes, token: t0ken, tombstones: true}
                """);

    assertThat(config.targets().get("one").target())
        .hasToString("Kafka at a:9092,b:9092, topic changes");
    assertThat(config.targets().get("two").target())
        .hasToString("Pulsar at pulsar://p:6650, topic changes");
    assertThat(config.toString()).doesNotContain("s3cret", "t0ken");
  }

  @Test
  void topicsThatCannotBeAreRefused() {
    for (String target :
        new String[] {
          "{kafka: 'a:9092'}",
          "{kafka: 'a:9092', topic: 'no topic'}",
          "{kafka: 'a:9092', topic: t, format: avro}",
          "{kafka: 'a:9092', topic: t, format: debezium, int64AsText: true}",
          "{kafka: 'a:9092', topic: t, user: u}",
          "{kafka: 'a:9092', topic: t, token: x}",
          "{pulsar: 'http://p', topic: t}"
        }) {
      assertThatThrownBy(
              () ->
                  read(SOURCE + "targets: {one: " + target + "}\n")
                      .targets()
                      .values()
                      .forEach(TargetSpec::target))
          .as(target)
          .isInstanceOf(ConfigException.class);
    }
  }

  @Test
  void aStoreThatSeveralServersShareIsAnEtcdOrADatabase() {
    ServerConfig etcd =
        ConfigFile.parse(
            SOURCE
                + "advertise: https://cdc-1:8444\n"
                + "store: {etcd: ['http://a:2379', 'http://b:2379'], user: u, password: file}\n",
            Map.of("MILVUS_CDC_STORE_PASSWORD", "environment"));
    ServerConfig database =
        read(SOURCE + "store: {jdbc: 'jdbc:postgresql://db/cdc', prefix: dr_, leaseSeconds: 3}\n");

    assertThat(etcd.advertised()).hasToString("https://cdc-1:8444");
    assertThat(etcd.store())
        .isEqualTo(
            new StoreChoice.Etcd(
                EtcdEndpoint.at("http://a:2379", "http://b:2379").login("u", "environment"),
                "milvus-cdc",
                Duration.ofSeconds(5)));
    assertThat(etcd.toString()).doesNotContain("environment");
    assertThat(database.store())
        .isEqualTo(
            new StoreChoice.Database(
                "jdbc:postgresql://db/cdc", "dr_", null, null, Duration.ofSeconds(3)));
    assertThatThrownBy(() -> read(SOURCE + "store: {user: u}\n"))
        .isInstanceOf(ConfigException.class)
        .hasMessageContainingAll("'store'", "etcd", "jdbc");
    assertThatThrownBy(() -> read(SOURCE + "store: {etcd: 'http://a:1', jdbc: 'jdbc:x'}\n"))
        .isInstanceOf(ConfigException.class)
        .hasMessageContaining("both");
    assertThatThrownBy(() -> read(SOURCE + "advertise: 'no address'\n"))
        .isInstanceOf(ConfigException.class)
        .hasMessageContaining("'no address'");
  }

  @Test
  void theEnvironmentGoesFirst() {
    ServerConfig config =
        ConfigFile.parse(
            SOURCE + "token: file\n",
            Map.of(
                ConfigFile.TOKEN, "environment",
                ConfigFile.LISTEN, "0.0.0.0:1",
                ConfigFile.INSECURE, "true",
                ConfigFile.STATE, "/elsewhere"));

    assertThat(config.token().value()).isEqualTo("environment");
    assertThat(config.listen().host()).isEqualTo("0.0.0.0");
    assertThat(config.insecure()).isTrue();
    assertThat(config.store()).isEqualTo(new StoreChoice.Files(Path.of("/elsewhere")));
  }

  @ParameterizedTest(name = "{0}")
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          listen: 127.0.0.1:x | 'x'
          listen: 127.0.0.1:70000 | 70000
          tokn: abc | 'tokn'
          limits: {taks: 5} | 'limits.taks'
          tls: {key: a} | 'tls.certificate'
          limits: {tasks: many} | 'limits.tasks'
          targets: {dr: {token: x}} | 'targets.dr.uri'
          targets: [] | 'targets'
          state: {a: b} | 'state'
          keyFile: /nowhere/key | /nowhere/key
          sourceConfig: {} | 'sourceConfig'
          """)
  void whatIsWrongIsNamed(String line, String named) {
    assertThatThrownBy(() -> read(SOURCE + line))
        .isInstanceOf(ConfigException.class)
        .hasMessageContaining(named.replace("'x'", "127.0.0.1:x"));
  }

  @Test
  void aFileThatIsNoneIsRefused() {
    assertThatThrownBy(() -> read("a: [")).isInstanceOf(ConfigException.class);
    assertThatThrownBy(() -> read("- a")).isInstanceOf(ConfigException.class);
    assertThatThrownBy(() -> read("")).hasMessageContaining("source.etcd");
    assertThatThrownBy(() -> read(SOURCE + SOURCE)).hasMessageContaining("Duplicate");
    assertThatThrownBy(() -> ConfigFile.read(Path.of("/nowhere/cdc.yaml"), Map.of()))
        .hasMessageContainingAll("/nowhere/cdc.yaml", "--config");
  }

  @Test
  void theGoServersFileIsReadAsItIs() {
    ServerConfig config = read(Samples.GO);

    assertThat(config.listen()).isEqualTo(new ServerConfig.Listen("0.0.0.0", 8444));
    assertThat(config.limits().tasks()).isEqualTo(100);
    assertThat(config.limits().nameLength()).isEqualTo(256);
    assertThat(config.replicateChannel()).isEqualTo("by-dev-replicate-msg");
    assertThat(config.source())
        .hasToString(
            "MilvusSource[etcd=[http://127.0.0.1:2379]/by-dev, Pulsar at pulsar://localhost:6650]");
    assertThat(config.ignored())
        .contains(
            "detectDeadLock",
            "batchMode",
            "metaStoreConfig (tasks are stored in 'state')",
            "sourceConfig.readChanLen")
        .noneMatch(name -> name.contains("password"))
        .doesNotContain(
            "address",
            "sourceConfig",
            "sourceConfig.replicateChan",
            "sourceConfig.pulsar.webAddress");
  }

  @Test
  void pinningAndTheAdministrationOfPulsarAreCheckedAtTheStart() {
    String source = "source: {etcd: 'http://e:2379', pulsar: 'pulsar://mq:6650', %s}";
    assertThat(read(source.formatted("pinning: never, pulsarAdmin: 'http://mq:8080'")).source())
        .isNotNull();
    assertThatThrownBy(() -> read(source.formatted("pinning: sometimes")))
        .isInstanceOf(ConfigException.class)
        .hasMessageContaining("'source.pinning' is 'sometimes'")
        .hasMessageContaining("Set it to automatic, always or never");
    assertThatThrownBy(() -> read(source.formatted("pulsarAdmin: 'mq'")))
        .isInstanceOf(ConfigException.class)
        .hasMessageContaining("'mq' is not a valid address of Pulsar's administration");
  }

  @Test
  void oldAndSecureKeysOfTheGoServerAreReadToo() {
    assertThat(
            read("""
                    SourceConfig:
                      etcdAddress: [a:2379]
                      etcdRootPath: r
                      etcdMetaSubPath: m
                      replicateChan: in01-replicate-msg
                      kafka: {address: 'k:9092', saslUsername: u, saslPassword: p, saslMechanisms: PLAIN, securityProtocol: SASL_SSL}
                    unheard: of
                    """)
                .ignored())
        .containsExactly("unheard");
    assertThat(
            read("""
                    sourceConfig:
                      etcd: {address: ['http://a:2379'], enableTLS: true, tlsCACertPath: ca.pem, enableAuth: true, username: u, password: p}
                      replicateChan: by-dev-replicate-msg
                      pulsar: {address: 'pulsar://p:6650', authPlugin: org.apache.pulsar.client.impl.auth.AuthenticationToken, authParams: 'token:t'}
                    """)
                .source())
        .hasToString("MilvusSource[etcd=[https://a:2379]/by-dev, Pulsar at pulsar://p:6650]");
  }

  @Test
  void whatWouldDoOtherwiseThanTheGoServerIsRefused() {
    assertThatThrownBy(() -> read(Samples.GO + "dryRun: true\n")).hasMessageContaining("'dryRun'");
    assertThatThrownBy(() -> read(Samples.GO + "replicateID: x\n"))
        .hasMessageContaining("'replicateID'");
    assertThatThrownBy(() -> read(Samples.GO + SOURCE)).hasMessageContaining("Remove one");
  }

  @Test
  void beyondLoopbackAServerNeedsATokenAndTls() {
    String open = SOURCE + "listen: 0.0.0.0:8444\n";
    String tls = "tls: {certificate: c, key: k}\n";

    assertThatThrownBy(() -> Exposure.check(read(open)))
        .isInstanceOf(ConfigException.class)
        .hasMessageContainingAll("0.0.0.0", "neither a token nor TLS", "insecure: true");
    assertThatThrownBy(() -> Exposure.check(read(open + tls))).hasMessageContaining("no token");
    assertThatThrownBy(() -> Exposure.check(read(open + "token: t\n")))
        .hasMessageContaining("no TLS");
    assertThatThrownBy(() -> Exposure.check(read(Samples.GO))).hasMessageContaining("--insecure");
    for (String fine :
        new String[] {
          SOURCE,
          open + tls + "token: t\n",
          open + "insecure: true\n",
          SOURCE + "listen: localhost:1\n",
          SOURCE + "listen: '[::1]:1'\n"
        }) {
      assertThatCode(() -> Exposure.check(read(fine))).as(fine).doesNotThrowAnyException();
    }
  }
}
