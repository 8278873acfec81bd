package io.milvus.cdc.internal.kafka;

import io.milvus.cdc.endpoint.KafkaEndpoint;
import io.milvus.cdc.endpoint.TlsSettings;
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

/** Configures Kafka's clients for an endpoint. */
public record KafkaConnection(KafkaEndpoint endpoint) {
  public static final int OPERATION_SECONDS = 15;

  /**
   * Returns the configuration that all of Kafka's clients share.
   *
   * @throws ConfigException if a file cannot be read
   */
  public Map<String, Object> properties(String clientId) {
    Map<String, Object> config = new HashMap<>();
    config.put(CommonClientConfigs.BOOTSTRAP_SERVERS_CONFIG, endpoint.address());
    config.put(CommonClientConfigs.CLIENT_ID_CONFIG, clientId);
    config.put(CommonClientConfigs.REQUEST_TIMEOUT_MS_CONFIG, OPERATION_SECONDS * 1000);
    config.put(CommonClientConfigs.SOCKET_CONNECTION_SETUP_TIMEOUT_MS_CONFIG, 5000L);
    // Otherwise every client registers a bean, under a name that another engine's client may have.
    config.put(CommonClientConfigs.METRIC_REPORTER_CLASSES_CONFIG, "");
    config.put(AdminClientConfig.ENABLE_METRICS_PUSH_CONFIG, false);
    config.put(CommonClientConfigs.SECURITY_PROTOCOL_CONFIG, protocol());
    secure(config, endpoint.tls());
    if (endpoint.user() != null && endpoint.password() != null) {
      config.put(SaslConfigs.SASL_MECHANISM, endpoint.mechanism());
      config.put(SaslConfigs.SASL_JAAS_CONFIG, KafkaLogin.jaas(endpoint).value());
    }
    return config;
  }

  private static void secure(Map<String, Object> config, TlsSettings tls) {
    if (tls.trusted() != null) {
      config.put(SslConfigs.SSL_TRUSTSTORE_TYPE_CONFIG, "PEM");
      config.put(SslConfigs.SSL_TRUSTSTORE_LOCATION_CONFIG, tls.trusted().toString());
    }
    if (tls.clientCertificate() != null && tls.clientKey() != null) {
      config.put(SslConfigs.SSL_KEYSTORE_TYPE_CONFIG, "PEM");
      config.put(SslConfigs.SSL_KEYSTORE_CERTIFICATE_CHAIN_CONFIG, read(tls.clientCertificate()));
      config.put(SslConfigs.SSL_KEYSTORE_KEY_CONFIG, read(tls.clientKey()));
    }
  }

  private String protocol() {
    return (endpoint.user() == null ? "" : "SASL_") + (endpoint.usesTls() ? "SSL" : "PLAINTEXT");
  }

  private static Password read(Path pem) {
    try {
      return new Password(Files.readString(pem));
    } catch (IOException e) {
      throw new ConfigException("PEM file %s cannot be read: %s".formatted(pem, e), "", e);
    }
  }

  /** Returns our user at Kafka, in words for people. */
  public String user() {
    return endpoint.user() == null ? "everybody" : "user '%s'".formatted(endpoint.user());
  }
}
