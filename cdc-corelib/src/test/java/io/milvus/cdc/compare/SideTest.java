package io.milvus.cdc.compare;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.milvus.cdc.error.ConfigException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SideTest {
  @ParameterizedTest
  @ValueSource(strings = {"milvus:19530", "ftp://milvus", "http://", "not an address", "http:///x"})
  void whatIsNoAddressIsRefused(String uri) {
    assertThatThrownBy(() -> Side.at(uri))
        .isInstanceOf(ConfigException.class)
        .hasMessageContaining("'" + uri + "'")
        .hasMessageContaining("http://host:19530");
  }

  @Test
  void credentialsHaveAPlaceOfTheirOwn() {
    assertThatThrownBy(() -> Side.at("http://root:Milvus@milvus:19530"))
        .isInstanceOf(ConfigException.class)
        .hasMessageContaining("Set token to user:password")
        .hasMessageNotContaining("Milvus@");
    assertThat(Side.at("http://milvus:19530").token("root:Milvus").toString())
        .contains("milvus:19530")
        .doesNotContain("root");
  }

  @Test
  void certificatesNeedTls() {
    Path pem = Path.of("ca.pem");

    assertThat(Side.at("https://milvus").certificates(pem).certificates()).isEqualTo(pem);
    assertThatThrownBy(() -> Side.at("http://milvus").certificates(pem))
        .isInstanceOf(ConfigException.class)
        .hasMessageContaining("https");
  }
}
