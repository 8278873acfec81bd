package io.milvus.cdc.internal.queue.kafka;

import io.milvus.cdc.error.RetriableException;
import io.milvus.cdc.event.Payload;
import io.milvus.cdc.event.Position;
import io.milvus.cdc.internal.queue.ExpiredPosition;
import io.milvus.cdc.internal.queue.Held;
import io.milvus.cdc.internal.queue.QueueMessage;
import io.milvus.cdc.internal.queue.QueueReader;
import io.milvus.cdc.sources.ReadFrom;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;
import org.apache.kafka.clients.consumer.CloseOptions;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.clients.consumer.OffsetOutOfRangeException;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.InterruptException;
import org.apache.kafka.common.errors.WakeupException;
import org.apache.kafka.common.header.Header;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Reads one topic's only partition, by offset. Its commits retain nothing in Kafka. A task without
 * a position resumes from the committed offset, and tools show it as lag.
 */
final class KafkaReader implements QueueReader {
  private static final Logger LOG = LoggerFactory.getLogger(KafkaReader.class);

  private static final long COMMIT_NANOS = Duration.ofSeconds(1).toNanos();

  private final KafkaSettings settings;
  private final TopicPartition partition;
  private final Supplier<String> topicId;

  /** For one thread at a time: guarded by itself. */
  private final Consumer<byte[], byte[]> consumer;

  private volatile long done = -1;
  private volatile long committed = -1;
  private volatile long committedAt = System.nanoTime();
  private volatile boolean durable = true;

  /** Whether no thread reads, so that acknowledging threads need not wait for a reading thread. */
  private volatile boolean resting;

  private boolean closed;

  /** The last offset that was passed. Records up to here are not returned. */
  private volatile long passed = -1;

  private @Nullable KafkaContinuity continuity;
  private @Nullable Position beginning;

  /**
   * Creates a reader that does not read yet.
   *
   * @param topicId returns the present id of the topic
   */
  KafkaReader(
      KafkaSettings settings,
      String topic,
      Consumer<byte[], byte[]> consumer,
      Supplier<String> topicId) {
    this.settings = settings;
    this.partition = new TopicPartition(topic, 0);
    this.consumer = consumer;
    this.topicId = topicId;
  }

  /** Seeks its first record. Closes itself if that fails. */
  KafkaReader begin(ReadFrom from, @Nullable Position mustHold) {
    boolean begun = false;
    synchronized (consumer) {
      try {
        consumer.assign(List.of(partition));
        OffsetAndMetadata left =
            from instanceof ReadFrom.Continue
                ? consumer.committed(Set.of(partition)).get(partition)
                : null;
        KafkaPositions.Place place =
            left == null ? start(from) : new KafkaPositions.Place(left.offset(), -1);
        long start = place.offset();
        checkHeld(mustHold == null || left != null ? place : KafkaPositions.placeOf(mustHold));
        consumer.seek(partition, start);
        continuity = new KafkaContinuity(partition.topic(), topicId, this::first, place);
        beginning = from instanceof ReadFrom.Latest ? place.position() : null;
        if (!(from instanceof ReadFrom.Resume)) {
          // Otherwise a task from latest that crashes before its first message would begin at the
          // earliest.
          consumer.commitSync(Map.of(partition, new OffsetAndMetadata(start)));
        }
        begun = true;
        return this;
      } catch (KafkaException e) {
        throw refused(e);
      } finally {
        if (!begun) {
          close();
        }
      }
    }
  }

  /** Seeks the first or the next message, without a group. Closes itself if that fails. */
  KafkaReader listen(boolean fromStart) {
    boolean begun = false;
    synchronized (consumer) {
      try {
        consumer.assign(List.of(partition));
        consumer.seek(partition, fromStart ? first() : end());
        durable = false;
        begun = true;
        return this;
      } catch (KafkaException e) {
        throw refused(e);
      } finally {
        if (!begun) {
          close();
        }
      }
    }
  }

  private KafkaPositions.Place start(ReadFrom from) {
    if (from instanceof ReadFrom.Latest) {
      return new KafkaPositions.Place(end(), -1);
    } else if (from instanceof ReadFrom.Resume resume) {
      return KafkaPositions.placeOf(resume.position());
    } else if (from instanceof ReadFrom.At at) {
      return KafkaPositions.placeOf(at.position());
    }
    return new KafkaPositions.Place(first(), -1);
  }

  @Override
  public @Nullable Position beginning() {
    return beginning;
  }

  private long first() {
    return consumer.beginningOffsets(List.of(partition)).getOrDefault(partition, 0L);
  }

  private long end() {
    return consumer.endOffsets(List.of(partition)).getOrDefault(partition, 0L);
  }

  private void checkHeld(KafkaPositions.Place needed) {
    Held held = new Held(KafkaPositions.of(first()), KafkaPositions.of(end()));
    held.expired(partition.topic(), needed.position(), KafkaPositions.ORDER)
        .ifPresent(
            expired -> {
              throw expired;
            });
    if (needed.timestamp() >= 0 && needed.offset() >= end()) {
      throw ExpiredPosition.behind(partition.topic(), needed.position());
    }
  }

  @Override
  public @Nullable QueueMessage poll(Duration timeout) throws InterruptedException {
    synchronized (consumer) {
      try {
        if (closed) {
          return null;
        }
        commit();
        for (ConsumerRecord<byte[], byte[]> message : consumer.poll(timeout)) {
          return message.offset() <= passed ? null : accepted(message);
        }
        return null;
      } catch (WakeupException e) {
        return null;
      } catch (InterruptException e) {
        Thread.currentThread().interrupt();
        throw new InterruptedException("Interrupted while reading topic " + partition.topic());
      } catch (OffsetOutOfRangeException e) {
        checkHeld(
            new KafkaPositions.Place(
                e.offsetOutOfRangePartitions().getOrDefault(partition, -1L), -1));
        throw refused(e);
      } catch (KafkaException e) {
        throw refused(e);
      }
    }
  }

  private QueueMessage accepted(ConsumerRecord<byte[], byte[]> message) {
    if (continuity != null) {
      continuity.passed(passed);
      continuity.accept(message);
    }
    return messageOf(message);
  }

  private static QueueMessage messageOf(ConsumerRecord<byte[], byte[]> message) {
    Map<String, String> properties = new HashMap<>();
    for (Header header : message.headers()) {
      if (header.value() != null) {
        properties.put(header.key(), new String(header.value(), StandardCharsets.UTF_8));
      }
    }
    byte[] body = message.value() == null ? new byte[0] : message.value();
    Position position = KafkaPositions.of(message.offset(), message.timestamp());
    return new QueueMessage(position, Payload.of(body), properties);
  }

  private RetriableException refused(KafkaException e) {
    return KafkaReadRefusal.exception(settings, partition.topic(), e);
  }

  /** Notes the position. The reader's own thread commits it to Kafka, if it has a thread. */
  @Override
  public void acknowledgeBefore(Position position) {
    done = KafkaPositions.offsetOf(position);
    commitAtRest();
  }

  /** Commits for a suspended reader, which has no thread of its own. */
  private void commitAtRest() {
    if (!resting || !isDue()) {
      return;
    }
    synchronized (consumer) {
      if (!resting || closed) {
        return;
      }
      try {
        commit();
        // Returns nothing while the partition is paused, but sends the commit.
        consumer.poll(Duration.ZERO);
      } catch (KafkaException e) {
        LOG.debug("Offset {} of {} is not committed", done, partition, e);
      }
    }
  }

  @Override
  public void suspend() {
    synchronized (consumer) {
      consumer.pause(List.of(partition));
      resting = true;
    }
  }

  @Override
  public void skipTo(Position position) {
    passed = KafkaPositions.offsetOf(position);
  }

  @Override
  public void resume() {
    synchronized (consumer) {
      if (resting && !closed) {
        resting = false;
        consumer.seek(partition, Math.max(passed + 1, consumer.position(partition)));
        consumer.resume(List.of(partition));
      }
    }
  }

  private boolean isDue() {
    return durable && done > committed && System.nanoTime() - committedAt > COMMIT_NANOS;
  }

  private void commit() {
    long next = done;
    if (isDue()) {
      committed = next;
      committedAt = System.nanoTime();
      consumer.commitAsync(
          Map.of(partition, new OffsetAndMetadata(next)),
          (offsets, failure) -> {
            if (failure != null) {
              LOG.debug("Offsets {} are not committed", offsets, failure);
            }
          });
    }
  }

  /** Ends a poll of another thread. */
  @Override
  public void close() {
    consumer.wakeup();
    synchronized (consumer) {
      if (!closed) {
        closed = true;
        try {
          consumer.close(CloseOptions.timeout(Duration.ZERO));
        } catch (KafkaException e) {
          LOG.debug("The consumer of {} did not close well", partition, e);
        }
      }
    }
  }
}
