package io.milvus.cdc.endpoint;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatNullPointerException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.milvus.cdc.error.ConfigException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class MilvusEndpointTest {
  private static final Path CA = Path.of("ca.pem");
  private static final Path KEY = Path.of("key.pem");

  private final MilvusEndpoint plain = MilvusEndpoint.at("http://milvus:19530");
  private final MilvusEndpoint secure = MilvusEndpoint.at("https://milvus");

  @ParameterizedTest
  @ValueSource(
      strings = {"", "milvus:19530", "ftp://milvus", "http://", "not an address", "http:///x"})
  void refusesAnInvalidAddressWithAnExample(String uri) {
    assertThatThrownBy(() -> MilvusEndpoint.at(uri))
        .isInstanceOf(ConfigException.class)
        .hasMessageContaining("'" + uri + "'")
        .hasMessageContaining("http://host:19530");
  }

  @Test
  void refusesCredentialsInTheAddress() {
    assertThatThrownBy(() -> MilvusEndpoint.at("http://root:Milvus@milvus:19530"))
        .isInstanceOf(ConfigException.class)
        .hasMessageContaining("Set token to user:password")
        .hasMessageNotContaining("Milvus@");
  }

  @Test
  void showsNoSecret() {
    assertThat(plain.token("root:Milvus").toString()).isEqualTo("Milvus at http://milvus:19530");
  }

  @Test
  void refusesWhatOnlyTlsUses() {
    assertThat(secure.trust(CA).tls().trusted()).isEqualTo(CA);
    assertThatThrownBy(() -> plain.trust(CA))
        .isInstanceOf(ConfigException.class)
        .hasMessageContaining("https");
    assertThatThrownBy(() -> plain.serverName("x"))
        .isInstanceOf(ConfigException.class)
        .hasMessageContainingAll("http://milvus:19530", "https");
    assertThatThrownBy(() -> plain.clientCertificate(CA, KEY))
        .isInstanceOf(ConfigException.class)
        .hasMessageContaining("https");
  }

  @Test
  void refusesHalfAClientCertificate() {
    assertThatThrownBy(() -> secure.clientCertificate(null, KEY))
        .isInstanceOf(ConfigException.class)
        .hasMessageContaining("Set both");
  }

  @Test
  void refusesNulls() {
    assertThatNullPointerException().isThrownBy(() -> MilvusEndpoint.at(null));
    assertThatNullPointerException().isThrownBy(() -> plain.token(null));
    assertThatNullPointerException().isThrownBy(() -> secure.trust(null));
    assertThatNullPointerException().isThrownBy(() -> secure.serverName(null));
  }

  @Test
  void comparesAddressesInOneSpelling() {
    assertThat(MilvusEndpoint.at("HTTP://Milvus:19530/")).isEqualTo(plain);
    assertThat(plain.token("root:Milvus")).isNotEqualTo(plain);
  }

  @Test
  void knowsTheDefaultPorts() {
    assertThat(secure.port()).isEqualTo(443);
    assertThat(MilvusEndpoint.at("http://milvus").port()).isEqualTo(19530);
    assertThat(MilvusEndpoint.at("http://milvus:1").port()).isEqualTo(1);
  }
}
