package io.milvus.cdc.internal.queue.kafka;

import io.milvus.cdc.internal.kafka.KafkaConnection;
import java.util.Map;
import org.apache.kafka.clients.CommonClientConfigs;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/** Creates Kafka's clients. */
final class KafkaClients {
  static final int OPERATION_SECONDS = KafkaConnection.OPERATION_SECONDS;

  /**
   * The most bytes of a fetch. Messages that wait in the client are outside the engine's byte
   * budget. With Milvus's 16 channels they are no more than with Pulsar.
   */
  private static final int FETCH_BYTES = 1 << 20;

  private final KafkaSettings settings;

  KafkaClients(KafkaSettings settings) {
    this.settings = settings;
  }

  Admin admin() {
    try {
      return Admin.create(common("milvus-cdc"));
    } catch (KafkaException e) {
      throw KafkaReadRefusal.exception(settings, e);
    }
  }

  KafkaConsumer<byte[], byte[]> consumer(String topic, String group) {
    Map<String, Object> config = common(group + "-" + topic);
    config.put(ConsumerConfig.GROUP_ID_CONFIG, group);
    return consumer(config);
  }

  /** Creates a consumer without a group, which cannot commit. */
  KafkaConsumer<byte[], byte[]> consumer(String topic) {
    return consumer(common("milvus-cdc-" + topic));
  }

  private KafkaConsumer<byte[], byte[]> consumer(Map<String, Object> config) {
    config.put(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, false);
    config.put(ConsumerConfig.ALLOW_AUTO_CREATE_TOPICS_CONFIG, false);
    config.put(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "none");
    config.put(ConsumerConfig.FETCH_MAX_BYTES_CONFIG, FETCH_BYTES);
    config.put(ConsumerConfig.MAX_PARTITION_FETCH_BYTES_CONFIG, FETCH_BYTES);
    // A fetch stays compressed until it is returned. Then it may be a hundred times as large.
    config.put(ConsumerConfig.MAX_POLL_RECORDS_CONFIG, 1);
    try {
      return new KafkaConsumer<>(config, new ByteArrayDeserializer(), new ByteArrayDeserializer());
    } catch (KafkaException e) {
      throw KafkaReadRefusal.exception(settings, e);
    }
  }

  private Map<String, Object> common(String clientId) {
    Map<String, Object> config = settings.connection().properties(clientId);
    config.put(CommonClientConfigs.DEFAULT_API_TIMEOUT_MS_CONFIG, OPERATION_SECONDS * 1000);
    return config;
  }
}
