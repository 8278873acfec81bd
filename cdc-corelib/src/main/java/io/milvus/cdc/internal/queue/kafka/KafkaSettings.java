package io.milvus.cdc.internal.queue.kafka;

import io.milvus.cdc.endpoint.KafkaEndpoint;
import io.milvus.cdc.error.ConfigException;
import io.milvus.cdc.event.Position;
import io.milvus.cdc.internal.kafka.KafkaConnection;
import io.milvus.cdc.internal.queue.MessageQueue;
import io.milvus.cdc.internal.queue.QueueSettings;

/** Configures the Kafka of a source. */
public record KafkaSettings(KafkaEndpoint endpoint) implements QueueSettings {

  KafkaConnection connection() {
    return new KafkaConnection(endpoint);
  }

  @Override
  public MessageQueue connect() {
    try {
      return KafkaQueue.connect(this);
    } catch (NoClassDefFoundError e) {
      throw new ConfigException(
          "Kafka's client is not on the classpath (%s).".formatted(e.getMessage()),
          "Add org.apache.kafka:kafka-clients.",
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
    return endpoint.toString();
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
