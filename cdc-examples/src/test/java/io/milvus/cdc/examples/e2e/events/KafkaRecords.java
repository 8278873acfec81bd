package io.milvus.cdc.examples.e2e.events;

import io.milvus.cdc.examples.rebuild.Rebuild;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/** All that topics of Kafka have at one moment, for readers of what is committed. */
record KafkaRecords(List<TopicPartition> partitions, List<ConsumerRecord<byte[], byte[]>> all) {
  static KafkaRecords of(Map<String, Object> properties, String... topics) {
    Map<String, Object> config = new HashMap<>(properties);
    config.put("isolation.level", "read_committed");
    config.put("allow.auto.create.topics", "false");
    try (KafkaConsumer<byte[], byte[]> consumer =
        new KafkaConsumer<>(config, new ByteArrayDeserializer(), new ByteArrayDeserializer())) {
      List<TopicPartition> partitions = new ArrayList<>();
      for (String topic : topics) {
        consumer
            .partitionsFor(topic)
            .forEach(one -> partitions.add(new TopicPartition(topic, one.partition())));
      }
      consumer.assign(partitions);
      consumer.seekToBeginning(partitions);
      Map<TopicPartition, Long> ends = consumer.endOffsets(partitions);
      List<ConsumerRecord<byte[], byte[]>> all = new ArrayList<>();
      while (partitions.stream().anyMatch(one -> consumer.position(one) < ends.get(one))) {
        consumer.poll(Duration.ofMillis(200)).forEach(all::add);
      }
      return new KafkaRecords(partitions, all);
    }
  }

  /**
   * What they tell.
   *
   * @param form makes of each an event in structured mode
   */
  Rebuild rebuild(Function<ConsumerRecord<byte[], byte[]>, byte[]> form) {
    Rebuild rebuild = new Rebuild(partitions.size());
    for (ConsumerRecord<byte[], byte[]> record : all) {
      TopicPartition from = new TopicPartition(record.topic(), record.partition());
      rebuild.take(partitions.indexOf(from), form.apply(record));
    }
    return rebuild;
  }
}
