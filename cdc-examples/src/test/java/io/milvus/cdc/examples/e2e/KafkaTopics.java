package io.milvus.cdc.examples.e2e;

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
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/** What Kafka's administrator, and a source, do to its topics. */
final class KafkaTopics implements AutoCloseable {
  private final Admin admin;
  private final KafkaProducer<byte[], byte[]> producer;

  KafkaTopics(String brokers) {
    this(Map.of("bootstrap.servers", brokers));
  }

  KafkaTopics(Map<String, Object> config) {
    admin = Admin.create(config);
    producer = new KafkaProducer<>(config, new ByteArraySerializer(), new ByteArraySerializer());
  }

  void create(String topic) throws Exception {
    admin.createTopics(List.of(new NewTopic(topic, 1, (short) 1))).all().get();
  }

  void create(String topic, Map<String, String> config) throws Exception {
    admin.createTopics(List.of(new NewTopic(topic, 1, (short) 1).configs(config))).all().get();
  }

  void delete(String topic) throws Exception {
    admin.deleteTopics(List.of(topic)).all().get();
  }

  /** Returns its offset. */
  long send(String topic, byte[] message) throws Exception {
    return producer.send(new ProducerRecord<>(topic, 0, null, message)).get().offset();
  }

  /** Deletes all that a topic holds, as its retention would. */
  void empty(String topic) throws Exception {
    deleteBefore(topic, end(topic));
  }

  void deleteBefore(String topic, long offset) throws Exception {
    admin
        .deleteRecords(Map.of(new TopicPartition(topic, 0), RecordsToDelete.beforeOffset(offset)))
        .all()
        .get();
  }

  private long end(String topic) throws Exception {
    TopicPartition partition = new TopicPartition(topic, 0);
    return admin
        .listOffsets(Map.of(partition, OffsetSpec.latest()))
        .partitionResult(partition)
        .get()
        .offset();
  }

  Set<String> groups() throws Exception {
    return admin.listGroups().all().get().stream()
        .map(GroupListing::groupId)
        .collect(Collectors.toSet());
  }

  /** The offsets that a group has committed, by topic. */
  Map<String, Long> committed(String group) throws InterruptedException, ExecutionException {
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
