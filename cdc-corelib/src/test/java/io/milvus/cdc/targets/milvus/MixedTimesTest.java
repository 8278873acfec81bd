package io.milvus.cdc.targets.milvus;

import static io.milvus.cdc.targets.milvus.OneStandby.BOOKS;
import static io.milvus.cdc.targets.milvus.OneStandby.T;
import static org.assertj.core.api.Assertions.assertThat;

import io.milvus.cdc.error.UnknownOutcomeException;
import io.milvus.cdc.event.DataEvent;
import io.milvus.cdc.event.Insert;
import io.milvus.cdc.event.Payload;
import io.milvus.cdc.rows.Rows;
import io.milvus.cdc.testkit.Entries;
import java.util.ArrayList;
import java.util.List;
import java.util.function.LongPredicate;
import java.util.stream.LongStream;
import milvus.proto.msg.Msg;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Existing rows come in messages whose rows have timestamps of their own. */
@Timeout(60)
class MixedTimesTest {
  private static final int LIMIT = 4_000;
  private static final long LATER = 1_000_000;

  private final OneStandby standby = new OneStandby();

  @BeforeEach
  void begin() throws Exception {
    standby.create(BOOKS);
    standby.milvus.forgetCalls();
  }

  @AfterEach
  void end() {
    standby.close();
  }

  private static Insert rows(int count) {
    return rows(0, count);
  }

  /** Returns rows with the keys 1 to n, whose timestamps are T plus an offset plus the key. */
  private static Insert rows(long offset, int count) {
    Long[] keys = LongStream.rangeClosed(1, count).boxed().toArray(Long[]::new);
    DataEvent event = OneStandby.insert(BOOKS, 0, T + offset + count, keys);
    try {
      Msg.InsertRequest.Builder message =
          Msg.InsertRequest.parseFrom(event.payload().bytes()).toBuilder().clearTimestamps();
      for (long key : keys) {
        message.addTimestamps(T + offset + key);
      }
      return new Insert(event.header(), Payload.of(message.build().toByteArray()));
    } catch (com.google.protobuf.InvalidProtocolBufferException e) {
      throw new IllegalStateException(e);
    }
  }

  /** As a transform that drops rows. */
  private static DataEvent only(Insert insert, LongPredicate wanted) {
    return Rows.of(insert, "default", BOOKS).where(row -> wanted.test((Long) row.key())).event();
  }

  private List<Long> times() throws Exception {
    List<Long> times = new ArrayList<>();
    for (Msg.InsertRequest message : standby.inserts()) {
      for (long time : message.getTimestampsList()) {
        times.add(time - T);
      }
    }
    return times;
  }

  @Test
  void rowsThatATransformLeavesKeepTheirTimestamps() throws Exception {
    standby.send(only(rows(6), key -> key < 4), only(rows(6), key -> key == 6));

    assertThat(times()).containsExactly(1L, 2L, 3L, 6L);
    assertThat(standby.milvus.rows().violations()).isEmpty();
  }

  @Test
  void rowsOfADividedMessageKeepTheirTimestamps() throws Exception {
    standby.milvus.takeAtMost(LIMIT);
    Insert many = rows(LATER, 500);
    for (boolean learned = false; !learned; ) {
      try {
        standby.send(
            OneStandby.insert(
                BOOKS, 0, T + 1, LongStream.range(0, 500).boxed().toArray(Long[]::new)));
        learned = true;
      } catch (UnknownOutcomeException e) {
        reopen();
      }
    }
    standby.milvus.forgetCalls();
    standby.send(many);

    assertThat(standby.inserts().size()).isGreaterThan(1);
    assertThat(times()).isEqualTo(LongStream.rangeClosed(LATER + 1, LATER + 500).boxed().toList());
  }

  private void reopen() throws Exception {
    String sessionState = standby.session.sessionState();
    standby.session.close();
    standby.open(standby.clocks, sessionState, 0);
    assertThat(standby.session.bind(Entries.DEFAULT, BOOKS)).isTrue();
  }

  @Test
  void noRowIsLostBelowATickThatAnotherTaskSent() throws Exception {
    standby.session.advance(T + 4);
    standby.send(only(rows(6), key -> key < 4));

    assertThat(times()).containsExactly(6L, 6L, 6L);
    assertThat(standby.milvus.rows().violations()).isEmpty();
  }

  @Test
  void noOlderRowOfAMessageIsLostBelowATickThatAReplayHasRaised() throws Exception {
    standby.session.advance(T + 4);
    standby.send(rows(6));

    assertThat(times()).containsExactly(6L, 6L, 6L, 6L, 6L, 6L);
    assertThat(standby.milvus.rows().violations()).isEmpty();
  }

  @Test
  void rowsOfOneTimestampAreInOrderThoughTheTargetIsRelievedBetweenThem() throws Exception {
    standby.send(OneStandby.insert(BOOKS, 0, T + 5, 1L, 2L));
    standby.session.relieve();
    standby.send(OneStandby.insert(BOOKS, 0, T + 5, 3L));
    standby.session.relieve();
    standby.session.advance(T + 5);
    standby.send(OneStandby.delete(BOOKS, 0, T + 6, 3L));

    assertThat(times()).containsExactly(5L, 5L, 6L);
    assertThat(standby.milvus.rows().ticks()).containsEntry(standby.channel(0), T + 6);
    assertThat(standby.milvus.rows().violations()).isEmpty();
    var made = standby.milvus.catalog().get("default", "books");
    assertThat(standby.milvus.rows().visible(made.id(), made.partitions().get("_default")).keySet())
        .allMatch(row -> row.startsWith("1:") || row.startsWith("2:"))
        .hasSize(2);
  }
}
