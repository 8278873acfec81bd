package io.milvus.cdc.sources.milvus;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.milvus.cdc.error.ConfigException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

class MilvusSourceTest {
  private final MilvusSource.Builder source = MilvusSource.builder().etcd("http://etcd:2379");

  @Test
  void aQueueIsRequired() {
    assertThatThrownBy(source::build)
        .isInstanceOf(ConfigException.class)
        .hasMessageContaining("Set pulsar")
        .hasMessageContaining("or kafka");
  }

  @Test
  void oneQueueIsEnough() {
    source.kafka("kafka:9092").pulsar("pulsar://mq:6650");
    assertThatThrownBy(source::build)
        .isInstanceOf(ConfigException.class)
        .hasMessageContaining("kafka:9092")
        .hasMessageContaining("pulsar://mq:6650")
        .hasMessageContaining("mq.type");
  }

  @Test
  void certificatesForAPlainAddressAreRefused() {
    source.pulsar("pulsar://mq:6650").pulsarCertificates(Path.of("authority.pem"));
    assertThatThrownBy(source::build)
        .isInstanceOf(ConfigException.class)
        .hasMessageContaining("pulsar+ssl");
  }

  @Test
  void anApiThatIsNoAddressIsRefused() {
    source.pulsar("pulsar://mq:6650").api("milvus:19530");
    assertThatThrownBy(source::build)
        .isInstanceOf(ConfigException.class)
        .hasMessageContaining("'milvus:19530'")
        .hasMessageContaining("http://");
  }

  @Test
  void itsDescriptionNamesTheQueueAndNoSecret() {
    source.kafka("kafka:9092").kafkaLogin("PLAIN", "cdc", "hidden");
    assertThat(source.build().toString()).contains("Kafka at kafka:9092").doesNotContain("hidden");
  }
}
