package io.milvus.cdc.targets.kafka;

import io.milvus.cdc.internal.kafka.KafkaConnection;
import io.milvus.cdc.targets.events.EventSettings;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerGroupMetadata;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/**
 * Holds the settings of a Kafka target.
 *
 * @param partitions the partitions of created topics, 0 for the brokers' default
 * @param replication the replicas of created topics, 0 for the brokers' default
 * @param transactions whether each event is sent exactly once
 * @param properties properties of the producer by their names in Kafka; they are applied last
 */
record KafkaTargetSettings(
    KafkaConnection connection,
    EventSettings events,
    int partitions,
    short replication,
    boolean transactions,
    Map<String, String> properties) {

  private static final int BATCH_BYTES = 256 << 10;

  KafkaTargetSettings {
    properties = Map.copyOf(properties);
  }

  /**
   * Returns the properties of a producer.
   *
   * @param name names the task's life, and fences an older producer of the same name
   */
  Map<String, Object> producer(String name) {
    Map<String, Object> config = connection.properties(name);
    config.put(ProducerConfig.KEY_SERIALIZER_CLASS_CONFIG, ByteArraySerializer.class);
    config.put(ProducerConfig.VALUE_SERIALIZER_CLASS_CONFIG, ByteArraySerializer.class);
    config.put(ProducerConfig.ACKS_CONFIG, "all");
    config.put(ProducerConfig.ENABLE_IDEMPOTENCE_CONFIG, true);
    config.put(ProducerConfig.MAX_BLOCK_MS_CONFIG, KafkaConnection.OPERATION_SECONDS * 1000);
    config.put(
        ProducerConfig.DELIVERY_TIMEOUT_MS_CONFIG, 2 * KafkaConnection.OPERATION_SECONDS * 1000);
    config.put(ProducerConfig.BATCH_SIZE_CONFIG, BATCH_BYTES);
    config.put(ProducerConfig.COMPRESSION_TYPE_CONFIG, "lz4");
    config.put(ProducerConfig.MAX_REQUEST_SIZE_CONFIG, events.largest());
    config.putAll(properties);
    if (transactions) {
      config.put(ProducerConfig.TRANSACTIONAL_ID_CONFIG, name);
    }
    return config;
  }

  /**
   * Returns the metadata that a producer needs of a group without members. Creates a consumer for
   * that only.
   */
  ConsumerGroupMetadata group(String name) {
    Map<String, Object> config = connection.properties(name);
    config.put(ConsumerConfig.GROUP_ID_CONFIG, name);
    try (KafkaConsumer<byte[], byte[]> consumer =
        new KafkaConsumer<>(config, new ByteArrayDeserializer(), new ByteArrayDeserializer())) {
      return consumer.groupMetadata();
    }
  }

  /** Omits the values of properties, which may be secrets, and the login's password. */
  @Override
  public String toString() {
    return "%s, topic %s".formatted(connection.endpoint(), events.topic());
  }
}
