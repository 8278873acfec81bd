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
 * Reads a topic of a {@code KafkaTarget} from its beginning, and periodically prints the number of
 * rows of each collection. Its arguments are the brokers and the topic.
 */
public class RebuildFromKafka implements AutoCloseable {
  private static final Duration POLL = Duration.ofMillis(200);
  private static final Duration PATIENCE = Duration.ofMinutes(1);

  private final KafkaConsumer<byte[], byte[]> consumer;
  private final Rebuild rebuild;

  /**
   * Starts at the beginning of a topic. Waits for a minute at most until its task has created it.
   *
   * @param properties the properties of the Kafka consumer: the brokers, and the credentials if
   *     they require any
   */
  public RebuildFromKafka(Map<String, Object> properties, String topic) {
    Map<String, Object> all = new HashMap<>(properties);
    // Otherwise it would see events of aborted transactions, which are sent again after a crash.
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
      throw new IllegalArgumentException("Pass the brokers, such as kafka:9092, and the topic.");
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

  /** Reads the events that have arrived since the last call. */
  public final void read() {
    for (ConsumerRecord<byte[], byte[]> record : consumer.poll(POLL)) {
      if (record.value() != null) {
        seen(record.partition(), record.value());
        rebuild.take(record.partition(), record.value());
      }
    }
  }

  /** Receives each event before it is applied. */
  protected void seen(int partition, byte[] event) {}

  public final Rebuild rebuild() {
    return rebuild;
  }

  @Override
  public final void close() {
    consumer.close();
  }
}
