package io.milvus.cdc.targets.kafka;

import io.milvus.cdc.targets.events.EventMessage;
import io.milvus.cdc.targets.events.EventOutlet;
import io.milvus.cdc.targets.events.Place;
import io.milvus.cdc.targets.events.Table;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicReference;
import org.apache.kafka.clients.consumer.ConsumerGroupMetadata;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.PartitionInfo;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.InterruptException;
import org.jspecify.annotations.Nullable;

/** Sends events to Kafka's topics, with or without transactions. */
final class KafkaOutlet implements EventOutlet {
  /** The largest overhead of a batch, a record and its headers, for messages of this library. */
  private static final int OVERHEAD = 512;

  private final KafkaTargetSettings settings;
  private final WriteRefusal refusal;
  private final ConsumerGroupMetadata group;
  private final KafkaAdmin admin;
  private final KafkaProducer<byte[], byte[]> producer;
  private final Place place;
  private final Set<String> topics = new HashSet<>();
  private final AtomicReference<@Nullable Exception> failure = new AtomicReference<>();
  private boolean begun;

  private KafkaOutlet(
      KafkaTargetSettings settings,
      ConsumerGroupMetadata group,
      KafkaAdmin admin,
      KafkaProducer<byte[], byte[]> producer,
      Place place) {
    this.settings = settings;
    this.refusal = new WriteRefusal(settings);
    this.group = group;
    this.admin = admin;
    this.producer = producer;
    this.place = place;
  }

  /** Opens an outlet. From here on, no older producer of this name can commit. */
  static KafkaOutlet open(KafkaTargetSettings settings, String name) throws InterruptedException {
    KafkaAdmin admin = new KafkaAdmin(settings);
    KafkaProducer<byte[], byte[]> producer = null;
    boolean done = false;
    try {
      admin.require(settings.events().topic());
      producer = new KafkaProducer<>(settings.producer(name));
      Place place = Place.NONE;
      if (settings.transactions()) {
        producer.initTransactions();
        place = admin.place(name);
      }
      KafkaOutlet outlet = new KafkaOutlet(settings, settings.group(name), admin, producer, place);
      done = true;
      return outlet;
    } catch (InterruptException e) {
      throw interrupted(e);
    } catch (KafkaException e) {
      throw new WriteRefusal(settings).exception(e);
    } finally {
      if (!done) {
        close(admin, producer);
      }
    }
  }

  @Override
  public Place place() {
    return place;
  }

  @Override
  public int limit() {
    return settings.events().largest() - OVERHEAD;
  }

  @Override
  public void send(Table table, List<EventMessage> messages) throws InterruptedException {
    String topic = topicOf(table);
    attempt(() -> messages.forEach(message -> send(topic, null, message)));
  }

  @Override
  public void broadcast(EventMessage message, Collection<Table> concerned)
      throws InterruptedException {
    Set<String> all = new LinkedHashSet<>();
    all.add(settings.events().topic());
    for (Table table : concerned) {
      all.add(topicOf(table));
    }
    attempt(
        () -> {
          for (String topic : all) {
            for (PartitionInfo partition : producer.partitionsFor(topic)) {
              send(topic, partition.partition(), message);
            }
          }
        });
  }

  private String topicOf(Table table) throws InterruptedException {
    String topic = settings.events().topicOf(table);
    if (topics.add(topic)) {
      admin.require(topic);
    }
    return topic;
  }

  private void send(String topic, @Nullable Integer partition, EventMessage message) {
    if (settings.transactions() && !begun) {
      producer.beginTransaction();
      begun = true;
    }
    ProducerRecord<byte[], byte[]> record =
        new ProducerRecord<>(topic, partition, bytes(message.key()), message.value());
    message.headers().forEach((header, value) -> record.headers().add(header, bytes(value)));
    var unused =
        producer.send(
            record,
            (metadata, e) -> {
              if (e != null) {
                failure.compareAndSet(null, e);
              }
            });
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  @Override
  public void commit(Place reached) throws InterruptedException {
    attempt(
        () -> {
          if (!settings.transactions()) {
            producer.flush();
            return;
          }
          producer.sendOffsetsToTransaction(
              Map.of(
                  new TopicPartition(settings.events().topic(), 0),
                  new OffsetAndMetadata(0, reached.text())),
              group);
          producer.commitTransaction();
          begun = false;
        });
  }

  /**
   * Runs a step. A failure in the background explains more than its consequences, so it is thrown
   * instead.
   */
  private void attempt(Runnable step) throws InterruptedException {
    Exception thrown = null;
    try {
      step.run();
    } catch (InterruptException e) {
      throw interrupted(e);
    } catch (KafkaException e) {
      thrown = e;
    }
    Exception first = failure.get();
    Exception told = first == null ? thrown : first;
    if (told != null) {
      throw refusal.exception(told);
    }
  }

  /** Kafka's client sets the thread's flag when it throws this. */
  private static InterruptedException interrupted(InterruptException e) {
    var unused = Thread.interrupted();
    InterruptedException plain = new InterruptedException("Interrupted while writing to Kafka");
    plain.initCause(e);
    return plain;
  }

  /**
   * Uncommitted messages stay invisible. The next session's beginning, or their timeout, ends them.
   */
  @Override
  public void close() {
    close(admin, producer);
  }

  private static void close(KafkaAdmin admin, @Nullable KafkaProducer<byte[], byte[]> producer) {
    try {
      if (producer != null) {
        producer.close(Duration.ZERO);
      }
    } catch (InterruptException e) {
      Thread.currentThread().interrupt();
    } finally {
      admin.close();
    }
  }
}
