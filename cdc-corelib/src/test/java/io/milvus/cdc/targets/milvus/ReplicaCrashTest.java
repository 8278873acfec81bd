package io.milvus.cdc.targets.milvus;

import static io.milvus.cdc.targets.milvus.OneReplica.BOOKS;
import static io.milvus.cdc.targets.milvus.OneReplica.T;
import static io.milvus.cdc.targets.milvus.OneReplica.delete;
import static io.milvus.cdc.targets.milvus.OneReplica.insert;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.protobuf.ByteString;
import io.milvus.cdc.catalog.Timestamps;
import io.milvus.cdc.event.DataEvent;
import io.milvus.cdc.targets.Delivery;
import io.milvus.cdc.targets.Round;
import io.milvus.cdc.testkit.Entries;
import io.milvus.cdc.testkit.FakeCatalog;
import io.milvus.cdc.testkit.Fault;
import io.milvus.grpc.MsgType;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What a new session does about what an earlier one may have sent. */
@Timeout(60)
class ReplicaCrashTest {
  private final OneReplica replica = new OneReplica();

  @BeforeEach
  void begin() throws Exception {
    replica.create(BOOKS);
    replica.milvus.forgetCalls();
  }

  @AfterEach
  void end() {
    replica.close();
  }

  /** A new process: it knows what the checkpoint says and nothing else. */
  private void restart(long ceiling) throws Exception {
    String memento = replica.session.memento();
    replica.session.close();
    replica.open(new ReplicaClocks(), memento, ceiling);
    assertThat(replica.session.bind(Entries.DEFAULT, BOOKS)).isTrue();
  }

  private Map<String, Long> visible() {
    FakeCatalog.Made made = replica.milvus.catalog().get("default", "books");
    return replica.milvus.rows().visible(made.id(), made.partitions().get("_default"));
  }

  @Test
  void aReplayedWindowLeavesEachRowOnce() throws Exception {
    DataEvent[] window = {
      insert(BOOKS, 0, T + 5, 1L, 2L), insert(BOOKS, 1, T + 6, 3L), delete(BOOKS, 0, T + 7, 2L)
    };
    replica.send(window);
    restart(T + 50);
    replica.replay(window);

    assertThat(visible()).isEqualTo(Map.of("1:12", 1L, "3:12", 1L));
    assertThat(replica.milvus.rows().violations()).isEmpty();
  }

  @Test
  void aTaskThatSeesStrangersOnTheTargetStampsAboveWhatTheyMayHaveSent() throws Exception {
    replica.milvus.catalog().put("default", "strangers", Entries.milvusSchema("strangers"), 1);
    restart(T);
    replica.send(insert(BOOKS, 0, T + 5, 1L));

    Instant opened = Timestamps.instant(T).plusSeconds(1001);
    assertThat(replica.stamps(replica.channel(0), MsgType.Insert))
        .allMatch(stamp -> stamp > Timestamps.of(opened.plusMillis(1000)));
    assertThat(replica.session.guarantee(T + 5)).isGreaterThan(Timestamps.of(opened));
  }

  @Test
  void aTaskThatIsAloneKeepsTheSourcesTimestamps() throws Exception {
    restart(T);
    replica.send(insert(BOOKS, 0, T + 5, 1L));

    assertThat(replica.stamps(replica.channel(0), MsgType.Insert)).containsExactly(T + 5);
  }

  @Test
  void withoutTheReplaysDeletesRowsWouldDouble() throws Exception {
    replica.send(insert(BOOKS, 0, T + 5, 1L));
    restart(T + 50);
    replica.send(insert(BOOKS, 0, T + 5, 1L));

    assertThat(visible()).isEqualTo(Map.of("1:12", 2L));
  }

  @Test
  void aReplayBeginsWithTheDeletesOfAllItsKeysAboveWhatWasSent() throws Exception {
    restart(T + 50);
    replica.replay(
        insert(BOOKS, 0, T + 5, 1L, 2L), insert(BOOKS, 0, T + 6, 3L), delete(BOOKS, 0, T + 7, 9L));

    List<MsgType> types =
        replica.sent(replica.channel(0)).stream()
            .map(m -> OneReplica.base(m).getMsgType())
            .toList();
    assertThat(types)
        .containsExactly(MsgType.Delete, MsgType.Insert, MsgType.Insert, MsgType.Delete);
    assertThat(replica.deletes().get(0).getPrimaryKeys().getIntId().getDataList())
        .containsExactly(1L, 2L, 3L);
    assertThat(replica.deletes().get(0).getPartitionID())
        .isEqualTo(replica.inserts().get(0).getPartitionID());
    assertThat(replica.deletes().get(0).getPartitionName()).isEqualTo("_default");
    assertThat(replica.sent(replica.channel(0)))
        .extracting(message -> OneReplica.base(message).getTimestamp())
        .isSorted()
        .doesNotHaveDuplicates()
        .allMatch(stamp -> stamp > T + 50);
  }

  @Test
  void anUpsertInAReplayKeepsTheNewRow() throws Exception {
    restart(T + 50);
    replica.replay(
        insert(BOOKS, 0, T + 5, 1L), delete(BOOKS, 0, T + 6, 1L), insert(BOOKS, 0, T + 6, 1L));

    assertThat(visible()).isEqualTo(Map.of("1:12", 1L));
  }

  @Test
  void everyMessageHasAnIdThatNoneBeforeHad() throws Exception {
    replica.send(insert(BOOKS, 0, T + 5, 1L));
    restart(T + 50);
    replica.replay(insert(BOOKS, 0, T + 5, 1L));
    replica.session.advance(T + 60);

    Set<Long> ids = new TreeSet<>();
    for (ByteString message : replica.sent(null)) {
      assertThat(ids.add(OneReplica.base(message).getMsgID())).isTrue();
      assertThat(OneReplica.base(message).getMsgID()).isPositive();
    }
  }

  @Test
  void twoTasksThatBeginAtTheSameMomentNeverShareAMessageId() throws Exception {
    Instant now = Timestamps.instant(T).plusSeconds(5000);
    String memento = replica.session.memento();
    for (int task = 0; task < 2; task++) {
      replica.open(replica.clocks, memento, 0, now);
      assertThat(replica.session.bind(Entries.DEFAULT, BOOKS)).isTrue();
      replica.send(insert(BOOKS, 0, T + 5 + task, 1L + task));
    }

    assertThat(replica.milvus.rows().violations()).isEmpty();
  }

  @Test
  void afterACleanStopNothingIsSentBelowWhatWasSent() throws Exception {
    replica.session.advance(T + 500);
    restart(T + 500);
    replica.send(insert(BOOKS, 0, T + 10, 1L));
    replica.session.advance(T + 11);

    assertThat(replica.stamps(replica.channel(0), MsgType.Insert)).allMatch(s -> s > T + 500);
    assertThat(replica.milvus.rows().violations()).isEmpty();
  }

  @Test
  void aDeleteAfterACleanStopHitsARowThatTheReplayMovedAheadOfIt() throws Exception {
    replica.send(insert(BOOKS, 0, T + 5, 1L));
    restart(T + 500);
    replica.replay(insert(BOOKS, 0, T + 5, 1L));
    replica.session.advance(T + 6);
    restart(replica.session.guarantee(T + 6));
    replica.send(delete(BOOKS, 0, T + 20, 1L));

    assertThat(visible()).isEmpty();
  }

  @Test
  void aChannelWithoutRowsInTheReplayStaysAboveWhatWasSentToo() throws Exception {
    replica.session.advance(T + 500);
    restart(T + 500);
    replica.replay(insert(BOOKS, 0, T + 5, 1L));
    replica.send(insert(BOOKS, 1, T + 6, 2L));

    assertThat(replica.stamps(replica.channel(1), MsgType.Insert)).allMatch(s -> s > T + 500);
  }

  @Test
  void aReplayAnnouncesItsHighestTimestampToo() throws Exception {
    restart(T + 50);
    Round round = new Round(List.of(insert(BOOKS, 0, T + 5, 1L, 2L)), T + 5, true);
    try (Delivery delivery = replica.session.prepare(round)) {
      long announced = delivery.highest();
      delivery.send();
      assertThat(replica.stamps(replica.channel(0), MsgType.Insert)).allMatch(s -> s <= announced);
      assertThat(announced).isGreaterThan(T + 50);
    }
  }

  @Test
  void whileARoundIsPreparedNobodyElseMovesItsChannels() throws Exception {
    ReplicaSession other = replica.session;
    replica.open(other.memento(), 0);
    ReplicaSession mine = replica.session;
    assertThat(mine.bind(Entries.DEFAULT, BOOKS)).isTrue();
    Delivery delivery = mine.prepare(new Round(List.of(insert(BOOKS, 0, T + 5, 1L)), T + 5, false));
    long announced = delivery.highest();

    Thread rival =
        new Thread(
            () -> {
              try {
                other.advance(T + 5000);
              } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
              }
            });
    rival.start();
    org.awaitility.Awaitility.await().until(() -> rival.getState() == Thread.State.WAITING);
    delivery.send();
    delivery.close();
    rival.join();

    assertThat(replica.stamps(replica.channel(0), MsgType.Insert)).allMatch(s -> s <= announced);
    assertThat(replica.milvus.rows().violations()).isEmpty();
  }

  @Test
  void aRoundThatFailedHalfwayIsMendedByTheReplay() throws Exception {
    DataEvent[] window = {insert(BOOKS, 0, T + 5, 1L), insert(BOOKS, 1, T + 6, 2L)};
    replica.milvus.fail("ReplicateMessage", Fault.cutAfter());
    assertThatThrownBy(() -> replica.send(window))
        .isInstanceOf(io.milvus.cdc.error.UnknownOutcomeException.class);
    restart(T + 50);
    replica.replay(window);

    assertThat(visible()).isEqualTo(Map.of("1:12", 1L, "2:12", 1L));
  }

  @Test
  void manyKeysAreSplitOverSeveralDeletes() throws Exception {
    restart(T + 50);
    Long[] keys = java.util.stream.LongStream.range(0, 15_000).boxed().toArray(Long[]::new);
    Long[] more = java.util.stream.LongStream.range(15_000, 30_000).boxed().toArray(Long[]::new);
    Long[] most = java.util.stream.LongStream.range(30_000, 45_000).boxed().toArray(Long[]::new);
    replica.replay(
        insert(BOOKS, 0, T + 5, keys),
        insert(BOOKS, 0, T + 6, more),
        insert(BOOKS, 0, T + 7, most));

    assertThat(replica.deletes()).hasSizeGreaterThan(1);
    assertThat(
            replica.deletes().stream()
                .mapToLong(d -> d.getPrimaryKeys().getIntId().getDataCount())
                .sum())
        .isEqualTo(45_000);
    assertThat(replica.deletes())
        .allMatch(d -> d.getTimestampsCount() == d.getPrimaryKeys().getIntId().getDataCount());
    assertThat(visible()).hasSize(45_000);
  }
}
