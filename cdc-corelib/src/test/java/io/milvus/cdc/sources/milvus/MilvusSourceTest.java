package io.milvus.cdc.sources.milvus;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.milvus.cdc.endpoint.KafkaEndpoint;
import io.milvus.cdc.error.ConfigException;
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
    source.kafka("kafka:9092");
    assertThatThrownBy(() -> source.pulsar("pulsar://mq:6650"))
        .isInstanceOf(ConfigException.class)
        .hasMessageContaining("kafka:9092")
        .hasMessageContaining("pulsar://mq:6650")
        .hasMessageContaining("mq.type");
    assertThatThrownBy(source::build).isInstanceOf(ConfigException.class);
  }

  @Test
  void anApiThatIsNoAddressIsRefused() {
    assertThatThrownBy(() -> source.api("milvus:19530"))
        .isInstanceOf(ConfigException.class)
        .hasMessageContaining("'milvus:19530'")
        .hasMessageContaining("http://");
  }

  @Test
  void itsDescriptionNamesTheQueueAndNoSecret() {
    source.queue(KafkaEndpoint.at("kafka:9092").login("PLAIN", "cdc", "hidden"));
    assertThat(source.build().toString()).contains("Kafka at kafka:9092").doesNotContain("hidden");
  }
}
