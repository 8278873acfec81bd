package io.milvus.cdc.examples.e2e.bench;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.stream.Collectors;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.GroupListing;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.admin.RecordsToDelete;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/** What Kafka's administrator, and a source, do to its topics. */
public final class KafkaTopics implements AutoCloseable {
  private final Map<String, Object> settings;
  private final Admin admin;
  private final KafkaProducer<byte[], byte[]> producer;

  public KafkaTopics(String brokers) {
    this(Map.of("bootstrap.servers", brokers));
  }

  KafkaTopics(Map<String, Object> config) {
    settings = config;
    admin = Admin.create(config);
    producer = new KafkaProducer<>(config, new ByteArraySerializer(), new ByteArraySerializer());
  }

  public void create(String topic) throws Exception {
    admin.createTopics(List.of(new NewTopic(topic, 1, (short) 1))).all().get();
  }

  public void create(String topic, Map<String, String> config) throws Exception {
    admin.createTopics(List.of(new NewTopic(topic, 1, (short) 1).configs(config))).all().get();
  }

  public void delete(String topic) throws Exception {
    admin.deleteTopics(List.of(topic)).all().get();
  }

  /** Returns its offset. */
  public long send(String topic, byte[] message) throws Exception {
    return producer.send(new ProducerRecord<>(topic, 0, null, message)).get().offset();
  }

  /** Sends all that a topic holds again, in the same order to the same partitions. */
  public void repeat(String topic) throws Exception {
    Map<String, Object> config = new HashMap<>(settings);
    config.put("isolation.level", "read_committed");
    try (KafkaConsumer<byte[], byte[]> consumer =
        new KafkaConsumer<>(config, new ByteArrayDeserializer(), new ByteArrayDeserializer())) {
      List<TopicPartition> partitions =
          consumer.partitionsFor(topic).stream()
              .map(one -> new TopicPartition(topic, one.partition()))
              .toList();
      consumer.assign(partitions);
      consumer.seekToBeginning(partitions);
      Map<TopicPartition, Long> ends = consumer.endOffsets(partitions);
      while (partitions.stream().anyMatch(one -> consumer.position(one) < ends.get(one))) {
        for (ConsumerRecord<byte[], byte[]> record : consumer.poll(Duration.ofSeconds(1))) {
          if (record.offset() < ends.get(new TopicPartition(topic, record.partition()))) {
            producer.send(
                new ProducerRecord<>(topic, record.partition(), record.key(), record.value()));
          }
        }
      }
      producer.flush();
    }
  }

  /** Deletes all that a topic holds, as its retention would. */
  public void empty(String topic) throws Exception {
    deleteBefore(topic, end(topic));
  }

  public void deleteBefore(String topic, long offset) throws Exception {
    admin
        .deleteRecords(Map.of(new TopicPartition(topic, 0), RecordsToDelete.beforeOffset(offset)))
        .all()
        .get();
  }

  /** Where each of a topic's partitions ends. */
  public List<Long> ends(String topic) throws Exception {
    int partitions =
        admin.describeTopics(List.of(topic)).allTopicNames().get().get(topic).partitions().size();
    List<Long> ends = new ArrayList<>();
    for (int partition = 0; partition < partitions; partition++) {
      ends.add(end(new TopicPartition(topic, partition)));
    }
    return ends;
  }

  private long end(String topic) throws Exception {
    return end(new TopicPartition(topic, 0));
  }

  private long end(TopicPartition partition) throws Exception {
    return admin
        .listOffsets(Map.of(partition, OffsetSpec.latest()))
        .partitionResult(partition)
        .get()
        .offset();
  }

  public Set<String> groups() throws Exception {
    return admin.listGroups().all().get().stream()
        .map(GroupListing::groupId)
        .collect(Collectors.toSet());
  }

  /** The offsets that a group has committed, by topic. */
  public Map<String, Long> committed(String group) throws InterruptedException, ExecutionException {
    return admin
        .listConsumerGroupOffsets(group)
        .partitionsToOffsetAndMetadata()
        .get()
        .entrySet()
        .stream()
        .collect(
            Collectors.toMap(entry -> entry.getKey().topic(), entry -> entry.getValue().offset()));
  }

  @Override
  public void close() {
    producer.close();
    admin.close();
  }
}
