package io.milvus.cdc.examples.testbed.benchmark;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.atomic.AtomicReference;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/** Uses Kafka's own clients, without transactions. */
final class PlainKafka implements PlainEvents<ConsumerRecord<byte[], byte[]>> {
  /** As many as the mirror's topic has. */
  private static final int PARTITIONS = 3;

  private static final Duration POLL = Duration.ofSeconds(1);
  private static final Map<String, Object> AS_CDC_HAS_IT =
      Map.of(
          "acks",
          "all",
          "enable.idempotence",
          true,
          "batch.size",
          256 << 10,
          "compression.type",
          "lz4",
          "max.request.size",
          1 << 20);

  private final String brokers;

  PlainKafka(String brokers) {
    this.brokers = brokers;
  }

  @Override
  public List<ConsumerRecord<byte[], byte[]>> read(String topic, int count) {
    Map<String, Object> config =
        Map.of("bootstrap.servers", brokers, "isolation.level", "read_committed");
    List<ConsumerRecord<byte[], byte[]>> events = new ArrayList<>();
    try (KafkaConsumer<byte[], byte[]> consumer =
        new KafkaConsumer<>(config, new ByteArrayDeserializer(), new ByteArrayDeserializer())) {
      List<TopicPartition> partitions =
          consumer.partitionsFor(topic).stream()
              .map(partition -> new TopicPartition(topic, partition.partition()))
              .toList();
      consumer.assign(partitions);
      consumer.seekToBeginning(partitions);
      while (events.size() < count) {
        for (ConsumerRecord<byte[], byte[]> record : consumer.poll(POLL)) {
          events.add(record);
        }
      }
    }
    return events;
  }

  @Override
  public int size(ConsumerRecord<byte[], byte[]> event) {
    return event.value().length;
  }

  @Override
  public double write(String topic, List<ConsumerRecord<byte[], byte[]>> events, long count) {
    create(topic);
    Map<String, Object> config = new HashMap<>(AS_CDC_HAS_IT);
    config.put("bootstrap.servers", brokers);
    AtomicReference<Exception> failure = new AtomicReference<>();
    try (KafkaProducer<byte[], byte[]> producer =
        new KafkaProducer<>(config, new ByteArraySerializer(), new ByteArraySerializer())) {
      producer.partitionsFor(topic);
      Curve written = new Curve();
      for (long i = 0; i < count; i++) {
        var unused =
            producer.send(
                record(topic, events.get((int) (i % events.size()))),
                (metadata, e) -> failure.compareAndSet(null, e));
      }
      producer.flush();
      written.reach((double) count);
      if (failure.get() != null) {
        throw new IllegalStateException("An event could not be written", failure.get());
      }
      return written.rate(0);
    }
  }

  private static ProducerRecord<byte[], byte[]> record(
      String topic, ConsumerRecord<byte[], byte[]> event) {
    return new ProducerRecord<>(topic, null, event.key(), event.value(), event.headers());
  }

  private void create(String topic) {
    try (Admin admin = Admin.create(Map.of("bootstrap.servers", brokers))) {
      admin.createTopics(List.of(new NewTopic(topic, PARTITIONS, (short) 1))).all().get();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    } catch (ExecutionException e) {
      throw new IllegalStateException("Topic %s cannot be created".formatted(topic), e);
    }
  }

  @Override
  public void close() {
    // Each method closes its own clients.
  }
}
