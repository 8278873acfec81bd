package io.milvus.cdc.internal.kafka;

import static org.assertj.core.api.Assertions.assertThat;

import io.milvus.cdc.endpoint.KafkaEndpoint;
import io.milvus.cdc.internal.queue.kafka.KafkaSettings;
import org.junit.jupiter.api.Test;

class KafkaLoginTest {
  private final KafkaEndpoint kafka = KafkaEndpoint.at("host:9092");

  @Test
  void quotesAndBackslashesStayWhatTheyAre() {
    assertThat(KafkaLogin.jaas(kafka.login("PLAIN", "us\"er", "a\\b\"c")).value())
        .isEqualTo(
            "org.apache.kafka.common.security.plain.PlainLoginModule required"
                + " username=\"us\\\"er\" password=\"a\\\\b\\\"c\";");
  }

  @Test
  void thePasswordIsNotShown() {
    KafkaEndpoint login = kafka.overTls().login("SCRAM-SHA-512", "user", "hidden");
    assertThat(new KafkaSettings(login).toString()).contains("host:9092").doesNotContain("hidden");
    assertThat(new KafkaConnection(login).user()).contains("user");
    assertThat(KafkaLogin.jaas(login).toString()).doesNotContain("hidden");
  }

  @Test
  void theProtocolFollowsTheLoginAndTls() {
    assertThat(protocol(kafka)).isEqualTo("PLAINTEXT");
    assertThat(protocol(kafka.overTls())).isEqualTo("SSL");
    assertThat(protocol(kafka.login("PLAIN", "user", "hidden"))).isEqualTo("SASL_PLAINTEXT");
    assertThat(protocol(kafka.login("PLAIN", "user", "hidden").overTls())).isEqualTo("SASL_SSL");
  }

  private static Object protocol(KafkaEndpoint endpoint) {
    return new KafkaConnection(endpoint).properties("id").get("security.protocol");
  }
}
