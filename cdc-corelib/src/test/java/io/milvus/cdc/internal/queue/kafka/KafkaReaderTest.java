package io.milvus.cdc.internal.queue.kafka;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.milvus.cdc.endpoint.KafkaEndpoint;
import io.milvus.cdc.error.RetriableException;
import io.milvus.cdc.error.SourceRefusedException;
import io.milvus.cdc.event.Position;
import io.milvus.cdc.sources.ReadFrom;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.MockConsumer;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.DisconnectException;
import org.apache.kafka.common.errors.SaslAuthenticationException;
import org.apache.kafka.common.errors.TopicAuthorizationException;
import org.apache.kafka.common.errors.UnsupportedVersionException;
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

  /** What a reader makes of a failure of its client. */
  private static RetriableException failure(KafkaException of) {
    MockConsumer<byte[], byte[]> consumer = new MockConsumer<>("none");
    consumer.updateBeginningOffsets(Map.of(TOPIC, 0L));
    consumer.updateEndOffsets(Map.of(TOPIC, 10L));
    KafkaReader reader =
        new KafkaReader(new KafkaSettings(KafkaEndpoint.at("h:1")), "t", consumer, () -> "id")
            .listen(true);
    consumer.setPollException(of);
    return (RetriableException) catchThrowable(() -> reader.poll(Duration.ZERO));
  }

  @Test
  void aLoginOrAPermissionThatIsRefusedIsToldFromABrokerThatIsAway() {
    assertThat(failure(new SaslAuthenticationException("bad password")))
        .isInstanceOf(SourceRefusedException.class)
        .hasMessageContainingAll("Topic t", "bad password", "Check the user, the password");
    assertThat(failure(new TopicAuthorizationException(Set.of("t"))))
        .isInstanceOf(SourceRefusedException.class)
        .hasMessageContaining("Grant 'Read' on the source's topics");
    assertThat(failure(new UnsupportedVersionException("too old")))
        .isInstanceOf(SourceRefusedException.class)
        .hasMessageContainingAll("too old", "documentation")
        .hasMessageNotContaining("cannot be reached");
    assertThat(failure(new DisconnectException("gone")))
        .isNotInstanceOf(SourceRefusedException.class);
    assertThat(failure(new org.apache.kafka.common.errors.TimeoutException("slow")))
        .isNotInstanceOf(SourceRefusedException.class);
  }

  @Test
  void whoeverAcknowledgesNeverWaitsForAPoll() throws Exception {
    SlowConsumer consumer = new SlowConsumer();
    KafkaReader reader =
        new KafkaReader(new KafkaSettings(KafkaEndpoint.at("h:1")), "t", consumer, () -> "id")
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
