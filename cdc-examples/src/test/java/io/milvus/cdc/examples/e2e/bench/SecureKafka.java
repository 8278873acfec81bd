package io.milvus.cdc.examples.e2e.bench;

import io.milvus.cdc.endpoint.KafkaEndpoint;
import io.milvus.cdc.examples.testbed.stack.Credentials;
import io.milvus.cdc.examples.testbed.stack.LocalStack;
import io.milvus.cdc.internal.queue.kafka.KafkaSettings;
import io.milvus.cdc.targets.kafka.KafkaTarget;
import java.nio.file.Path;
import java.util.Map;
import java.util.Objects;

/** A broker that asks for credentials and is reached over TLS, and the ways to it. */
public final class SecureKafka implements AutoCloseable {
  private final LocalStack stack;
  private final Credentials.Kafka users;

  private SecureKafka(LocalStack stack) {
    this.stack = stack;
    this.users = Objects.requireNonNull(stack.credentials().kafka());
  }

  /** Brings it up. Skips the test where it cannot be made. */
  public static SecureKafka up() {
    Bench.assumeOpenssl();
    return new SecureKafka(LocalStack.upSecureKafkaAlone(line -> {}));
  }

  public Credentials.Kafka users() {
    return users;
  }

  public String address() {
    return stack.addresses().kafka();
  }

  public Path authority() {
    return stack.credentials().authority();
  }

  public Path stranger() {
    return stack.credentials().stranger();
  }

  /** As a user who may do everything. */
  public KafkaEndpoint endpoint() {
    return withoutTrust().trust(authority());
  }

  /** The same, without the authority that signed the brokers' certificates. */
  public KafkaEndpoint withoutTrust() {
    return KafkaEndpoint.at(address())
        .overTls()
        .login("SCRAM-SHA-256", users.user(), users.password());
  }

  public KafkaSettings settings() {
    return new KafkaSettings(endpoint());
  }

  public KafkaSettings settings(String mechanism, String user, String password) {
    return new KafkaSettings(endpoint().login(mechanism, user, password));
  }

  public LocalStack stack() {
    return stack;
  }

  /** A target of events that asks for credentials; its topic is made with three partitions. */
  public KafkaTarget.Builder target(String topic) {
    return KafkaTarget.builder().kafka(endpoint()).topic(topic).partitions(3);
  }

  public KafkaTopics topics() {
    return new KafkaTopics(properties());
  }

  /** What clients of Kafka are given. */
  public Map<String, Object> properties() {
    return Map.of(
        "bootstrap.servers",
        address(),
        "security.protocol",
        "SASL_SSL",
        "ssl.truststore.type",
        "PEM",
        "ssl.truststore.location",
        authority().toString(),
        "sasl.mechanism",
        "PLAIN",
        "sasl.jaas.config",
        "org.apache.kafka.common.security.plain.PlainLoginModule required username=\"%s\" password=\"%s\";"
            .formatted(users.user(), users.password()));
  }

  @Override
  public void close() {
    stack.wipe();
  }
}
