package io.milvus.cdc.source.mq;

import io.milvus.cdc.source.QueueLimits;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.Config;
import org.apache.kafka.clients.admin.ConfigEntry;
import org.apache.kafka.common.config.ConfigResource;
import org.apache.kafka.common.config.TopicConfig;

/** Reads when a Kafka deletes messages. What is not read yet is deleted, too, and stops nothing. */
final class KafkaRetention {
  private final Admin admin;

  KafkaRetention(Admin admin) {
    this.admin = admin;
  }

  /** Returns the limits of a topic, those of its broker included. */
  QueueLimits limits(String topic) throws ExecutionException, InterruptedException {
    ConfigResource asked = new ConfigResource(ConfigResource.Type.TOPIC, topic);
    Map<ConfigResource, Config> answer = admin.describeConfigs(List.of(asked)).all().get();
    Config config = answer.getOrDefault(asked, new Config(List.of()));
    long millis = number(config, TopicConfig.RETENTION_MS_CONFIG);
    return new QueueLimits(
        -1,
        null,
        false,
        millis < 0 ? null : Duration.ofMillis(millis),
        number(config, TopicConfig.RETENTION_BYTES_CONFIG),
        null,
        null);
  }

  private static long number(Config config, String name) {
    ConfigEntry entry = config.get(name);
    return entry == null || entry.value() == null ? -1 : Long.parseLong(entry.value());
  }
}
