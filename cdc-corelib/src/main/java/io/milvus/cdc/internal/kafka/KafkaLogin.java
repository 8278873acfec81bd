package io.milvus.cdc.internal.kafka;

import io.milvus.cdc.endpoint.KafkaEndpoint;
import io.milvus.cdc.endpoint.Secret;

/** Writes the login of an endpoint in the form that Kafka's client expects. */
final class KafkaLogin {
  private static final String PLAIN = "org.apache.kafka.common.security.plain.PlainLoginModule";
  private static final String SCRAM = "org.apache.kafka.common.security.scram.ScramLoginModule";

  private KafkaLogin() {}

  /** Returns the configuration, which holds the password in plain text. */
  static Secret jaas(KafkaEndpoint endpoint) {
    String user = endpoint.user();
    Secret password = endpoint.password();
    if (user == null || password == null) {
      throw new IllegalArgumentException(endpoint + " has no login");
    }
    return new Secret(
        "%s required username=\"%s\" password=\"%s\";"
            .formatted(
                "PLAIN".equals(endpoint.mechanism()) ? PLAIN : SCRAM,
                escaped(user),
                escaped(password.value())));
  }

  private static String escaped(String text) {
    return text.replace("\\", "\\\\").replace("\"", "\\\"");
  }
}
