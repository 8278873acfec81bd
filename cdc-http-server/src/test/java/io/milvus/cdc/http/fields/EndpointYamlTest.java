package io.milvus.cdc.http.fields;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import io.milvus.cdc.endpoint.EtcdEndpoint;
import io.milvus.cdc.endpoint.KafkaEndpoint;
import io.milvus.cdc.endpoint.MilvusEndpoint;
import io.milvus.cdc.endpoint.PulsarEndpoint;
import io.milvus.cdc.error.ConfigException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

class EndpointYamlTest {
  private static Fields fields(String yaml) {
    try {
      return Fields.of(new YAMLMapper().readTree(yaml), Dialect.CONFIG);
    } catch (JsonProcessingException e) {
      throw new IllegalArgumentException(yaml, e);
    }
  }

  @Test
  void readsAnEtcdBehindAPrefix() {
    Fields fields =
        fields(
            "{etcd: ['https://a:1', 'https://b:1'], etcdUser: u, etcdPassword: 12345,"
                + " etcdCertificates: ca, etcdClientCertificate: ours, etcdClientKey: key}");

    assertThat(EndpointYaml.etcd(fields, "etcd", EndpointYaml.PLAIN).etcd())
        .isEqualTo(
            EtcdEndpoint.at("https://a:1", "https://b:1")
                .login("u", "12345")
                .trust(Path.of("ca"))
                .clientCertificate(Path.of("ours"), Path.of("key")));
    fields.refuseUnread();
  }

  @Test
  void readsAKafkaWithoutAPrefix() {
    Fields fields =
        fields(
            "{kafka: 'k:1', mechanism: SCRAM-SHA-256, user: u, password: p, tls: true,"
                + " certificates: ca, clientCertificate: ours, clientKey: key}");

    assertThat(EndpointYaml.kafka(fields, "", EndpointYaml.PLAIN).kafka())
        .isEqualTo(
            KafkaEndpoint.at("k:1")
                .login("SCRAM-SHA-256", "u", "p")
                .trust(Path.of("ca"))
                .clientCertificate(Path.of("ours"), Path.of("key")));
    fields.refuseUnread();
  }

  @Test
  void takesPlainAsTheDefaultMechanism() {
    Fields fields = fields("{kafka: 'k:1', kafkaUser: u, kafkaPassword: p}");

    assertThat(EndpointYaml.kafka(fields, "kafka", EndpointYaml.PLAIN).kafka())
        .isEqualTo(KafkaEndpoint.at("k:1").login("PLAIN", "u", "p"));
  }

  @Test
  void readsAPulsar() {
    Fields fields = fields("{pulsar: 'pulsar+ssl://p:1', pulsarToken: t, pulsarCertificates: ca}");

    assertThat(EndpointYaml.pulsar(fields, "pulsar", EndpointYaml.PLAIN).pulsar())
        .isEqualTo(PulsarEndpoint.at("pulsar+ssl://p:1").token("t").trust(Path.of("ca")));
    fields.refuseUnread();
  }

  @Test
  void readsAMilvusInOneSpelling() {
    Fields fields = fields("{uri: 'HTTPS://M:1/', token: t, certificates: ca, serverName: m.x}");
    EndpointYaml read = EndpointYaml.milvus(fields, EndpointYaml.PLAIN);

    assertThat(read.address()).isEqualTo("https://m:1");
    assertThat(read.milvus())
        .isEqualTo(
            MilvusEndpoint.at("https://m:1").token("t").trust(Path.of("ca")).serverName("m.x"));
    fields.refuseUnread();
  }

  @Test
  void refusesHalfALoginAndHalfACertificateByTheirNames() {
    assertThatThrownBy(() -> etcd("{etcd: 'http://a:1', etcdUser: u}"))
        .isInstanceOf(ConfigException.class)
        .hasMessageContainingAll("'etcdUser'", "'etcdPassword'", "Set both");
    assertThatThrownBy(() -> etcd("{etcd: 'https://a:1', etcdClientKey: key}"))
        .isInstanceOf(ConfigException.class)
        .hasMessageContainingAll("'etcdClientCertificate'", "'etcdClientKey' (key)", "Set both");
  }

  @Test
  void readsAnInvalidAddressAndRefusesItAsAnEndpoint() {
    EndpointYaml[] read = new EndpointYaml[1];

    assertThatCode(() -> read[0] = etcd("{etcd: nothing}")).doesNotThrowAnyException();
    assertThatThrownBy(() -> read[0].etcd())
        .isInstanceOf(ConfigException.class)
        .hasMessageContaining("'nothing'");
  }

  private static EndpointYaml etcd(String yaml) {
    return EndpointYaml.etcd(fields(yaml), "etcd", EndpointYaml.PLAIN);
  }
}
