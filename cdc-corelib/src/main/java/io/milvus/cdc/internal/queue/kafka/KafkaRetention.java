package io.milvus.cdc.internal.queue.kafka;

import io.milvus.cdc.sources.QueueLimits;
import java.time.Duration;
import org.apache.kafka.clients.admin.Config;
import org.apache.kafka.clients.admin.ConfigEntry;
import org.apache.kafka.common.config.TopicConfig;

/** Reads when a Kafka deletes messages. Unread messages are deleted too, and stop nothing. */
final class KafkaRetention {
  private KafkaRetention() {}

  /** Returns the limits of a topic, by its settings and the settings of its broker. */
  static QueueLimits limits(Config config) {
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
