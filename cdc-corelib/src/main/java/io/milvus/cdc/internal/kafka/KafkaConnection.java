package io.milvus.cdc.internal.kafka;

import io.milvus.cdc.error.ConfigException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import org.apache.kafka.clients.CommonClientConfigs;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.common.config.SaslConfigs;
import org.apache.kafka.common.config.SslConfigs;
import org.apache.kafka.common.config.types.Password;
import org.jspecify.annotations.Nullable;

/**
 * How to reach a Kafka.
 *
 * @param bootstrapServers such as {@code host:9092}, several separated by commas
 * @param tls whether to speak TLS
 * @param trustedCertificates a PEM file for TLS, null for the JVM's own
 * @param login where the brokers ask for one
 * @param clientCertificate a PEM file with our own certificate, where the brokers ask for one
 * @param clientKey a PEM file with its key, PKCS#8 and not encrypted
 */
public record KafkaConnection(
    String bootstrapServers,
    boolean tls,
    @Nullable Path trustedCertificates,
    @Nullable KafkaLogin login,
    @Nullable Path clientCertificate,
    @Nullable Path clientKey) {
  public static final int OPERATION_SECONDS = 15;

  /**
   * What all of Kafka's clients are given.
   *
   * @throws ConfigException where a file cannot be read
   */
  public Map<String, Object> properties(String clientId) {
    Map<String, Object> config = new HashMap<>();
    config.put(CommonClientConfigs.BOOTSTRAP_SERVERS_CONFIG, bootstrapServers);
    config.put(CommonClientConfigs.CLIENT_ID_CONFIG, clientId);
    config.put(CommonClientConfigs.REQUEST_TIMEOUT_MS_CONFIG, OPERATION_SECONDS * 1000);
    config.put(CommonClientConfigs.SOCKET_CONNECTION_SETUP_TIMEOUT_MS_CONFIG, 5000L);
    // Else every client registers a bean, under a name that another engine's may have.
    config.put(CommonClientConfigs.METRIC_REPORTER_CLASSES_CONFIG, "");
    config.put(AdminClientConfig.ENABLE_METRICS_PUSH_CONFIG, false);
    config.put(CommonClientConfigs.SECURITY_PROTOCOL_CONFIG, protocol());
    if (trustedCertificates != null) {
      config.put(SslConfigs.SSL_TRUSTSTORE_TYPE_CONFIG, "PEM");
      config.put(SslConfigs.SSL_TRUSTSTORE_LOCATION_CONFIG, trustedCertificates.toString());
    }
    if (clientCertificate != null && clientKey != null) {
      config.put(SslConfigs.SSL_KEYSTORE_TYPE_CONFIG, "PEM");
      config.put(SslConfigs.SSL_KEYSTORE_CERTIFICATE_CHAIN_CONFIG, read(clientCertificate));
      config.put(SslConfigs.SSL_KEYSTORE_KEY_CONFIG, read(clientKey));
    }
    if (login != null) {
      config.put(SaslConfigs.SASL_MECHANISM, login.mechanism());
      config.put(SaslConfigs.SASL_JAAS_CONFIG, login.jaas().value());
    }
    return config;
  }

  private String protocol() {
    return login == null ? tls ? "SSL" : "PLAINTEXT" : tls ? "SASL_SSL" : "SASL_PLAINTEXT";
  }

  private static Password read(Path pem) {
    try {
      return new Password(Files.readString(pem));
    } catch (IOException e) {
      throw new ConfigException("PEM file %s cannot be read: %s".formatted(pem, e), e);
    }
  }

  /** Its kind and address for a person. */
  public String name() {
    return "Kafka at " + bootstrapServers;
  }

  /** Who we are to it, for a person. */
  public String user() {
    return login == null ? "everybody" : "user '%s'".formatted(login.user());
  }
}
