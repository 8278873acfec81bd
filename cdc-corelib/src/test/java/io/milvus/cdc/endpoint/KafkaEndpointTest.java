package io.milvus.cdc.endpoint;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatNullPointerException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.milvus.cdc.error.ConfigException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class KafkaEndpointTest {
  private static final Path CA = Path.of("ca.pem");
  private static final Path KEY = Path.of("key.pem");

  private final KafkaEndpoint kafka = KafkaEndpoint.at("a:9092, b:9092");

  @ParameterizedTest
  @ValueSource(strings = {"", " ", "kafka", "kafka:", "a:9092,", "a:9092 b:9092"})
  void refusesAnInvalidAddressWithAnExample(String address) {
    assertThatThrownBy(() -> KafkaEndpoint.at(address))
        .isInstanceOf(ConfigException.class)
        .hasMessageContainingAll("'" + address + "'", "host:9092");
  }

  @ParameterizedTest
  @ValueSource(strings = {"a:9092", "[::1]:9092", "PLAINTEXT://a:9092", "a_b:1,c-d.e:2"})
  void takesAddressesThatKafkaTakes(String address) {
    assertThat(KafkaEndpoint.at(address).address()).isEqualTo(address);
  }

  @Test
  void refusesUnknownMechanismsAndNamesTheKnown() {
    assertThatThrownBy(() -> kafka.login("GSSAPI", "user", ""))
        .isInstanceOf(ConfigException.class)
        .hasMessageContaining("'GSSAPI'")
        .hasMessageContaining("PLAIN, SCRAM-SHA-256, SCRAM-SHA-512");
  }

  @Test
  void usesTlsIfItIsSetOrThereAreCertificates() {
    assertThat(kafka.usesTls()).isFalse();
    assertThat(kafka.overTls().usesTls()).isTrue();
    assertThat(kafka.trust(CA).usesTls()).isTrue();
    assertThat(kafka.clientCertificate(CA, KEY).usesTls()).isTrue();
    assertThat(kafka.overTls().trust(CA)).isEqualTo(kafka.trust(CA));
  }

  @Test
  void refusesHalfAClientCertificate() {
    assertThatThrownBy(() -> kafka.clientCertificate(CA, null))
        .isInstanceOf(ConfigException.class)
        .hasMessageContaining("Set both");
  }

  @Test
  void refusesNulls() {
    assertThatNullPointerException().isThrownBy(() -> KafkaEndpoint.at(null));
    assertThatNullPointerException().isThrownBy(() -> kafka.login(null, "user", "secret"));
    assertThatNullPointerException().isThrownBy(() -> kafka.login("PLAIN", null, "secret"));
    assertThatNullPointerException().isThrownBy(() -> kafka.login("PLAIN", "user", null));
    assertThatNullPointerException().isThrownBy(() -> kafka.trust(null));
  }

  @Test
  void showsNoSecret() {
    assertThat(kafka.login("PLAIN", "user", "secret").toString())
        .isEqualTo("Kafka at a:9092, b:9092");
  }
}
