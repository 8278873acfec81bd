package io.milvus.cdc.endpoint;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatNullPointerException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.milvus.cdc.error.ConfigException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class EtcdEndpointTest {
  private static final Path CA = Path.of("ca.pem");
  private static final Path KEY = Path.of("key.pem");

  private final EtcdEndpoint plain = EtcdEndpoint.at("http://a:2379", "http://b:2379");
  private final EtcdEndpoint secure = EtcdEndpoint.at("https://a:2379");

  @ParameterizedTest
  @ValueSource(strings = {"", "etcd:2379", "ftp://etcd:2379", "http://", "http://a b"})
  void refusesAnInvalidAddressWithAnExample(String address) {
    assertThatThrownBy(() -> EtcdEndpoint.at("http://a:2379", address))
        .isInstanceOf(ConfigException.class)
        .hasMessageContainingAll("'" + address + "'", "http://etcd:2379");
  }

  @Test
  void refusesNoAddressAtAll() {
    assertThatThrownBy(EtcdEndpoint::at)
        .isInstanceOf(ConfigException.class)
        .hasMessageContaining("http://etcd:2379");
  }

  @Test
  void refusesAddressesThatDifferInTls() {
    assertThatThrownBy(() -> EtcdEndpoint.at("https://a:2379", "http://b:2379"))
        .isInstanceOf(ConfigException.class)
        .hasMessageContainingAll("https://a:2379", "http://b:2379", "for all addresses");
  }

  @Test
  void refusesCertificatesWithoutTls() {
    assertThatThrownBy(() -> plain.trust(CA))
        .isInstanceOf(ConfigException.class)
        .hasMessageContainingAll("http://a:2379", "http://b:2379", "https");
    assertThatThrownBy(() -> plain.clientCertificate(CA, KEY))
        .isInstanceOf(ConfigException.class)
        .hasMessageContainingAll("client certificate", "https");
  }

  @Test
  void refusesHalfAClientCertificate() {
    assertThatThrownBy(() -> secure.clientCertificate(CA, null))
        .isInstanceOf(ConfigException.class)
        .hasMessageContainingAll("ca.pem", "Set both");
    assertThatThrownBy(() -> secure.clientCertificate(null, KEY))
        .isInstanceOf(ConfigException.class)
        .hasMessageContainingAll("key.pem", "Set both");
  }

  @Test
  void refusesNulls() {
    assertThatNullPointerException().isThrownBy(() -> EtcdEndpoint.at((String) null));
    assertThatNullPointerException().isThrownBy(() -> secure.login(null, "secret"));
    assertThatNullPointerException().isThrownBy(() -> secure.login("reader", null));
    assertThatNullPointerException().isThrownBy(() -> secure.trust(null));
    assertThatNullPointerException().isThrownBy(() -> secure.clientCertificate(null, null));
  }

  @Test
  void returnsCopiesThatAreValues() {
    EtcdEndpoint full = secure.login("reader", "secret").trust(CA).clientCertificate(CA, KEY);

    assertThat(secure).isEqualTo(EtcdEndpoint.at("https://a:2379")).isNotEqualTo(full);
    assertThat(full)
        .isEqualTo(secure.clientCertificate(CA, KEY).trust(CA).login("reader", "secret"))
        .hasSameHashCodeAs(secure.clientCertificate(CA, KEY).trust(CA).login("reader", "secret"));
    assertThat(full.user()).isEqualTo("reader");
    assertThat(full.password()).isEqualTo(new Secret("secret"));
    assertThat(full.tls().files()).containsExactly(CA, CA, KEY);
    assertThat(full.usesTls()).isTrue();
    assertThat(plain.usesTls()).isFalse();
  }

  @Test
  void showsNoSecret() {
    assertThat(plain.login("reader", "secret").toString())
        .isEqualTo("etcd at [http://a:2379, http://b:2379]");
    assertThatThrownBy(() -> EtcdEndpoint.at("http://reader:secret@a:2379"))
        .isInstanceOf(ConfigException.class)
        .hasMessageContaining("password")
        .hasMessageNotContaining("secret@");
  }
}
