package io.milvus.cdc.internal.queue.pulsar;

import io.milvus.cdc.error.ConfigException;
import java.util.Collection;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.pulsar.common.naming.TopicName;

/**
 * Names topics as Milvus does. If {@code allowAutoTopicCreationType} is {@code partitioned}, Pulsar
 * creates every topic of Milvus with partitions, mostly one. Thread-safe.
 */
final class PulsarPartitions {
  private final Map<String, Integer> counts = new ConcurrentHashMap<>();

  /** Returns the topics of a namespace without their partitions, and notes the partitions. */
  Set<String> named(Collection<String> topics) {
    Map<String, Integer> seen = new TreeMap<>();
    Set<String> names = new TreeSet<>();
    for (String topic : topics) {
      TopicName name = TopicName.get(topic);
      String whole = TopicName.get(name.getPartitionedTopicName()).getLocalName();
      names.add(whole);
      if (name.isPartitioned()) {
        seen.merge(whole, name.getPartitionIndex() + 1, Math::max);
      }
    }
    counts.putAll(seen);
    return names;
  }

  /**
   * Returns the topic that holds all messages of this topic.
   *
   * @throws ConfigException if it has several partitions, whose messages have no common order
   */
  String only(String topic) {
    int count = counts.getOrDefault(topic, 0);
    if (count > 1) {
      throw new ConfigException(
          "Topic %s has %d partitions, so its messages have no order.".formatted(topic, count),
          "Set Pulsar's allowAutoTopicCreationType to non-partitioned, or "
              + "defaultNumPartitions to 1, before Milvus creates its topics.");
    }
    return count == 1 ? topic + TopicName.PARTITIONED_TOPIC_SUFFIX + "0" : topic;
  }
}
