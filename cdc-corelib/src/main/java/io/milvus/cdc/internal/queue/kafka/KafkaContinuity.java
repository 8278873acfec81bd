package io.milvus.cdc.internal.queue.kafka;

import io.milvus.cdc.internal.queue.ExpiredPosition;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/**
 * Decides whether a record is the record that a task needs next. For one thread at a time.
 *
 * <p>A broker reports an offset that is out of its range. It does not report that a topic was
 * deleted, created again, and has grown past the offset since. The topic's id shows that while the
 * topic is read. The record's timestamp shows it when a task resumes.
 */
final class KafkaContinuity {
  private static final long CHECK_NANOS = 1_000_000_000L;

  private final String topic;
  private final Supplier<String> topicId;
  private final LongSupplier firstHeld;
  private final String id;
  private long checkedAt = System.nanoTime();
  private KafkaPositions.Place next;

  /**
   * Begins with this record.
   *
   * @param topicId returns the present id of the topic
   * @param firstHeld returns the first offset that the topic holds now
   */
  KafkaContinuity(
      String topic, Supplier<String> topicId, LongSupplier firstHeld, KafkaPositions.Place next) {
    this.topic = topic;
    this.topicId = topicId;
    this.firstHeld = firstHeld;
    this.next = next;
    this.id = topicId.get();
  }

  /**
   * Accepts the next record.
   *
   * @throws io.milvus.cdc.error.PositionExpiredException if it is not the needed record, and the
   *     needed record is lost
   */
  void accept(ConsumerRecord<byte[], byte[]> record) {
    if (System.nanoTime() - checkedAt > CHECK_NANOS) {
      if (!topicId.get().equals(id)) {
        throw ExpiredPosition.replaced(topic, next.position());
      }
      checkedAt = System.nanoTime();
    }
    if (record.offset() == next.offset()
        && next.timestamp() >= 0
        && next.timestamp() != record.timestamp()) {
      throw ExpiredPosition.replaced(topic, next.position());
    }
    if (record.offset() > next.offset()) {
      requireNothingBefore(record);
    }
    next = new KafkaPositions.Place(record.offset() + 1, -1);
  }

  /**
   * Checks a gap. Numbers may be missing, such as the numbers of transactions, but only behind the
   * first held record.
   */
  private void requireNothingBefore(ConsumerRecord<byte[], byte[]> record) {
    if (next.timestamp() >= 0 || firstHeld.getAsLong() > next.offset()) {
      throw ExpiredPosition.before(
          topic, next.position(), KafkaPositions.of(record.offset(), record.timestamp()));
    }
  }

  /** Notes that the records up to this offset are no longer needed. */
  void passed(long offset) {
    if (offset >= next.offset()) {
      next = new KafkaPositions.Place(offset + 1, -1);
    }
  }
}
