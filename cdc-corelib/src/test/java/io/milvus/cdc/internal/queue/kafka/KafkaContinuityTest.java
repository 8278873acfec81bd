package io.milvus.cdc.internal.queue.kafka;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.milvus.cdc.error.PositionExpiredException;
import java.util.Optional;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.common.record.TimestampType;
import org.junit.jupiter.api.Test;

class KafkaContinuityTest {
  private String id = "first";
  private long firstHeld;

  private KafkaContinuity at(long offset, long timestamp) {
    return new KafkaContinuity(
        "t", () -> id, () -> firstHeld, new KafkaPositions.Place(offset, timestamp));
  }

  private static ConsumerRecord<byte[], byte[]> record(long offset, long timestamp) {
    return new ConsumerRecord<>(
        "t",
        0,
        offset,
        timestamp,
        TimestampType.CREATE_TIME,
        0,
        0,
        null,
        new byte[0],
        new RecordHeaders(),
        Optional.empty());
  }

  @Test
  void numbersOfTransactionsMayBeMissing() {
    KafkaContinuity begun = at(5, -1);
    begun.accept(record(5, 1));
    assertThatCode(() -> begun.accept(record(7, 2))).doesNotThrowAnyException();
  }

  @Test
  void aGapBeforeTheFirstRecordHeldIsALoss() {
    KafkaContinuity begun = at(5, -1);
    firstHeld = 7;
    assertThatThrownBy(() -> begun.accept(record(7, 2)))
        .isInstanceOf(PositionExpiredException.class)
        .hasMessageContaining("no longer holds message 5");
  }

  @Test
  void anotherRecordInThePlaceOfTheOneThatIsNeededIsFoundByItsTimestamp() {
    assertThatThrownBy(() -> at(5, 1000).accept(record(5, 1001)))
        .isInstanceOf(PositionExpiredException.class)
        .hasMessageContaining("another message has its place");
    assertThatCode(() -> at(5, 1000).accept(record(5, 1000))).doesNotThrowAnyException();
  }

  @Test
  void aTopicThatWasCreatedAgainIsFoundByItsId() throws Exception {
    KafkaContinuity begun = at(5, -1);
    begun.accept(record(5, 1));
    id = "second";
    Thread.sleep(1100);
    assertThatThrownBy(() -> begun.accept(record(6, 2)))
        .isInstanceOf(PositionExpiredException.class)
        .hasMessageContaining("created again");
  }

  @Test
  void whatAnotherReaderPassedIsNoGap() {
    KafkaContinuity begun = at(5, 1000);
    begun.passed(9);
    firstHeld = 8;
    assertThatCode(() -> begun.accept(record(10, 2))).doesNotThrowAnyException();
  }
}
