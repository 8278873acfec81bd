package io.milvus.cdc.examples.rebuild;

import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.LockSupport;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.PartitionInfo;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/**
 * Reads a topic that a {@code KafkaTarget} fills, from its beginning, and says now and then how
 * many rows each collection has. Its arguments are the brokers and the topic.
 */
public class RebuildFromKafka implements AutoCloseable {
  private static final Duration POLL = Duration.ofMillis(200);
  private static final Duration PATIENCE = Duration.ofMinutes(1);

  private final KafkaConsumer<byte[], byte[]> consumer;
  private final Rebuild rebuild;

  /**
   * At the beginning of a topic, which comes when its task begins; waited for a minute at most.
   *
   * @param properties of the consumer, in Kafka's words: the brokers, and what they ask for
   */
  public RebuildFromKafka(Map<String, Object> properties, String topic) {
    Map<String, Object> all = new HashMap<>(properties);
    // Else it would see what is taken back after a crash, and told again.
    all.put(ConsumerConfig.ISOLATION_LEVEL_CONFIG, "read_committed");
    consumer = new KafkaConsumer<>(all, new ByteArrayDeserializer(), new ByteArrayDeserializer());
    List<TopicPartition> partitions = await(topic);
    consumer.assign(partitions);
    consumer.seekToBeginning(partitions);
    rebuild = new Rebuild(partitions.size());
  }

  private List<TopicPartition> await(String topic) {
    long deadline = System.nanoTime() + PATIENCE.toNanos();
    List<PartitionInfo> partitions = consumer.partitionsFor(topic);
    while (partitions.isEmpty()) {
      if (System.nanoTime() > deadline) {
        throw new IllegalStateException(
            "There is no topic %s. Start the task that fills it.".formatted(topic));
      }
      LockSupport.parkNanos(POLL.toNanos());
      partitions = consumer.partitionsFor(topic);
    }
    return partitions.stream().map(info -> new TopicPartition(topic, info.partition())).toList();
  }

  public static void main(String[] args) {
    if (args.length != 2) {
      throw new IllegalArgumentException("Give the brokers, such as kafka:9092, and the topic.");
    }
    try (RebuildFromKafka reader = open(args[0], args[1])) {
      long told = 0;
      while (!Thread.currentThread().isInterrupted()) {
        reader.read();
        if (reader.rebuild.upTo() > told) {
          told = reader.rebuild.upTo();
          System.out.println("up to " + told);
          for (RebuiltCollection each : reader.rebuild.source().collections()) {
            System.out.printf("  %s.%s: %d%n", each.database(), each.name(), each.count());
          }
        }
      }
    }
  }

  private static RebuildFromKafka open(String brokers, String topic) {
    return new RebuildFromKafka(Map.of(ConsumerConfig.BOOTSTRAP_SERVERS_CONFIG, brokers), topic);
  }

  /** Takes what has come meanwhile. */
  public final void read() {
    for (ConsumerRecord<byte[], byte[]> record : consumer.poll(POLL)) {
      if (record.value() != null) {
        seen(record.partition(), record.value());
        rebuild.take(record.partition(), record.value());
      }
    }
  }

  /** An event, before it is taken in. */
  protected void seen(int partition, byte[] event) {}

  public final Rebuild rebuild() {
    return rebuild;
  }

  @Override
  public final void close() {
    consumer.close();
  }
}
