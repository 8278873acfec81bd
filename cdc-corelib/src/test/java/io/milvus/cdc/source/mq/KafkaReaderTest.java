package io.milvus.cdc.source.mq;

import static org.assertj.core.api.Assertions.assertThat;

import io.milvus.cdc.event.Position;
import io.milvus.cdc.source.ReadFrom;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.MockConsumer;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class KafkaReaderTest {
  private static final TopicPartition TOPIC = new TopicPartition("t", 0);
  private static final Duration LONG = Duration.ofSeconds(20);

  /** A consumer whose poll ends when it may. */
  private static final class SlowConsumer extends MockConsumer<byte[], byte[]> {
    private final CountDownLatch polling = new CountDownLatch(1);
    private final CountDownLatch mayEnd = new CountDownLatch(1);

    SlowConsumer() {
      super("none");
      updateBeginningOffsets(Map.of(TOPIC, 0L));
      updateEndOffsets(Map.of(TOPIC, 10L));
    }

    @Override
    public ConsumerRecords<byte[], byte[]> poll(Duration timeout) {
      polling.countDown();
      try {
        mayEnd.await(timeout.toMillis(), TimeUnit.MILLISECONDS);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
      return ConsumerRecords.empty();
    }
  }

  @Test
  void whoeverAcknowledgesNeverWaitsForAPoll() throws Exception {
    SlowConsumer consumer = new SlowConsumer();
    KafkaReader reader =
        new KafkaReader(new KafkaSettings("h:1", false, null, null), "t", consumer, () -> "id")
            .begin(new ReadFrom.Resume(new Position("0")), null);
    Thread reading =
        new Thread(
            () -> {
              try {
                reader.poll(LONG);
              } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
              }
            });
    reading.start();
    consumer.polling.await();
    // Commits are a second apart at least, so this one is due.
    Thread.sleep(1_100);

    long before = System.nanoTime();
    reader.acknowledgeBefore(new Position("5"));

    assertThat(Duration.ofNanos(System.nanoTime() - before)).isLessThan(LONG.dividedBy(4));
    consumer.mayEnd.countDown();
    reading.join();
    reader.poll(Duration.ZERO);
    assertThat(consumer.committed(Set.of(TOPIC)).get(TOPIC).offset()).isEqualTo(5);
    reader.close();
  }
}
