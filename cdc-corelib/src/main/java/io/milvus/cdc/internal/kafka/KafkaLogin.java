package io.milvus.cdc.internal.kafka;

import io.milvus.cdc.endpoint.Secret;
import io.milvus.cdc.error.ConfigException;
import java.util.Map;
import java.util.TreeMap;

/**
 * A user of Kafka.
 *
 * @param mechanism {@code PLAIN}, {@code SCRAM-SHA-256} or {@code SCRAM-SHA-512}
 */
public record KafkaLogin(String mechanism, String user, Secret password) {
  private static final String SCRAM = "org.apache.kafka.common.security.scram.ScramLoginModule";
  private static final Map<String, String> MODULES =
      new TreeMap<>(
          Map.of(
              "PLAIN", "org.apache.kafka.common.security.plain.PlainLoginModule",
              "SCRAM-SHA-256", SCRAM,
              "SCRAM-SHA-512", SCRAM));

  public KafkaLogin {
    if (!MODULES.containsKey(mechanism)) {
      throw new ConfigException(
          "Kafka does not know the login mechanism '%s'. Give one of %s."
              .formatted(mechanism, MODULES.keySet()));
    }
  }

  /** As Kafka's client takes it; it holds the password in clear. */
  Secret jaas() {
    return new Secret(
        "%s required username=\"%s\" password=\"%s\";"
            .formatted(MODULES.get(mechanism), escaped(user), escaped(password.value())));
  }

  private static String escaped(String text) {
    return text.replace("\\", "\\\\").replace("\"", "\\\"");
  }
}
