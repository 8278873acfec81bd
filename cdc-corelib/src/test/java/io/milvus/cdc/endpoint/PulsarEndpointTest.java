package io.milvus.cdc.endpoint;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatNullPointerException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.milvus.cdc.error.ConfigException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PulsarEndpointTest {
  private static final Path CA = Path.of("ca.pem");

  private final PulsarEndpoint plain = PulsarEndpoint.at("pulsar://a:6650,b:6650");

  @ParameterizedTest
  @ValueSource(strings = {"", "mq:6650", "http://mq:8080", "pulsar://", "pulsar://a b"})
  void refusesAnInvalidAddressWithAnExample(String address) {
    assertThatThrownBy(() -> PulsarEndpoint.at(address))
        .isInstanceOf(ConfigException.class)
        .hasMessageContainingAll("'" + address + "'", "pulsar://host:6650");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "mq:8080", "http://mq:8080/admin", "http://a b"})
  void refusesAnInvalidAdministrationWithAnExample(String address) {
    assertThatThrownBy(() -> plain.admin(address))
        .isInstanceOf(ConfigException.class)
        .hasMessageContainingAll("'" + address + "'", "http://host:8080");
  }

  @Test
  void refusesCertificatesWithoutTls() {
    assertThatThrownBy(() -> plain.trust(CA))
        .isInstanceOf(ConfigException.class)
        .hasMessageContainingAll("pulsar://a:6650,b:6650", "pulsar+ssl");
    assertThat(PulsarEndpoint.at("pulsar+ssl://a:6651").trust(CA).tls().trusted()).isEqualTo(CA);
  }

  @Test
  void refusesNulls() {
    assertThatNullPointerException().isThrownBy(() -> PulsarEndpoint.at(null));
    assertThatNullPointerException().isThrownBy(() -> plain.admin(null));
    assertThatNullPointerException().isThrownBy(() -> plain.token(null));
    assertThatNullPointerException().isThrownBy(() -> plain.trust(null));
  }

  @Test
  void returnsCopiesThatAreValues() {
    PulsarEndpoint full = plain.token("secret").admin("http://a:8080");

    assertThat(plain.credentials()).isNull();
    assertThat(full)
        .isEqualTo(plain.admin("http://a:8080").token("secret"))
        .isNotEqualTo(plain.token("secret"));
    assertThat(full.administration()).isEqualTo("http://a:8080");
  }

  @Test
  void showsNoSecret() {
    assertThat(plain.token("secret").toString()).isEqualTo("Pulsar at pulsar://a:6650,b:6650");
  }
}
