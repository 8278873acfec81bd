package io.milvus.cdc.internal.kafka;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.milvus.cdc.endpoint.Secret;
import io.milvus.cdc.error.ConfigException;
import io.milvus.cdc.internal.queue.kafka.KafkaSettings;
import org.junit.jupiter.api.Test;

class KafkaLoginTest {
  @Test
  void quotesAndBackslashesStayWhatTheyAre() {
    KafkaLogin login = new KafkaLogin("PLAIN", "us\"er", new Secret("a\\b\"c"));
    assertThat(login.jaas().value())
        .isEqualTo(
            "org.apache.kafka.common.security.plain.PlainLoginModule required"
                + " username=\"us\\\"er\" password=\"a\\\\b\\\"c\";");
  }

  @Test
  void thePasswordIsNotShown() {
    KafkaLogin login = new KafkaLogin("SCRAM-SHA-512", "user", new Secret("hidden"));
    assertThat(new KafkaSettings("host:9092", true, null, login).toString())
        .contains("user")
        .doesNotContain("hidden");
    assertThat(login.jaas().toString()).doesNotContain("hidden");
  }

  @Test
  void unknownMechanismNamesTheKnown() {
    assertThatThrownBy(() -> new KafkaLogin("GSSAPI", "user", new Secret("")))
        .isInstanceOf(ConfigException.class)
        .hasMessageContaining("'GSSAPI'")
        .hasMessageContaining("PLAIN, SCRAM-SHA-256, SCRAM-SHA-512");
  }
}
