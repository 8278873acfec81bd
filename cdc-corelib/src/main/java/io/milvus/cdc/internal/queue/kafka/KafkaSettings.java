package io.milvus.cdc.internal.queue.kafka;

import io.milvus.cdc.error.ConfigException;
import io.milvus.cdc.event.Position;
import io.milvus.cdc.internal.kafka.KafkaConnection;
import io.milvus.cdc.internal.kafka.KafkaLogin;
import io.milvus.cdc.internal.queue.MessageQueue;
import io.milvus.cdc.internal.queue.QueueSettings;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * How to reach a source's Kafka.
 *
 * @param bootstrapServers such as {@code host:9092}, several separated by commas
 * @param tls whether to speak TLS
 * @param trustedCertificates a PEM file for TLS, null for the JVM's own
 * @param login where the brokers ask for one
 */
public record KafkaSettings(
    String bootstrapServers,
    boolean tls,
    @Nullable Path trustedCertificates,
    @Nullable KafkaLogin login)
    implements QueueSettings {

  KafkaConnection connection() {
    return new KafkaConnection(bootstrapServers, tls, trustedCertificates, login, null, null);
  }

  @Override
  public MessageQueue connect() {
    try {
      return KafkaQueue.connect(this);
    } catch (NoClassDefFoundError e) {
      throw new ConfigException(
          "Kafka's client is not on the classpath (%s). Add org.apache.kafka:kafka-clients."
              .formatted(e.getMessage()),
          e);
    }
  }

  @Override
  public Position positionOf(byte[] milvusMessageId) {
    return KafkaPositions.of(milvusMessageId);
  }

  @Override
  public byte[] messageIdOf(Position position) {
    return KafkaPositions.messageIdOf(position);
  }

  @Override
  public String name() {
    return connection().name();
  }

  @Override
  public boolean topicsComeFirst() {
    return false;
  }

  @Override
  public boolean pins() {
    return false;
  }

  @Override
  public String whereTopicsHide() {
    return "Kafka shows only topics that %s may describe.".formatted(connection().user());
  }
}
