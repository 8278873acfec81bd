package io.milvus.cdc.targets.milvus;

import static io.milvus.cdc.targets.milvus.OneStandby.BOOKS;
import static io.milvus.cdc.targets.milvus.OneStandby.T;
import static io.milvus.cdc.targets.milvus.OneStandby.delete;
import static io.milvus.cdc.targets.milvus.OneStandby.insert;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertThrows;

import com.google.protobuf.ByteString;
import io.milvus.cdc.catalog.Timestamps;
import io.milvus.cdc.error.UnknownOutcomeException;
import io.milvus.cdc.event.DataEvent;
import io.milvus.cdc.targets.Delivery;
import io.milvus.cdc.targets.Round;
import io.milvus.cdc.testkit.Entries;
import io.milvus.cdc.testkit.FakeCatalog;
import io.milvus.cdc.testkit.Fault;
import io.milvus.grpc.MsgType;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What a new session does about what an earlier one may have sent. */
@Timeout(60)
class StandbyCrashTest {
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

  /** A new process: it knows what the checkpoint says and nothing else. */
  private void restart(long ceiling) throws Exception {
    String sessionState = standby.session.sessionState();
    standby.session.close();
    standby.open(new StandbyClocks(), sessionState, ceiling);
    assertThat(standby.session.bind(Entries.DEFAULT, BOOKS)).isTrue();
  }

  private Map<String, Long> visible() {
    FakeCatalog.Made made = standby.milvus.catalog().get("default", "books");
    return standby.milvus.rows().visible(made.id(), made.partitions().get("_default"));
  }

  @Test
  void aReplayedWindowLeavesEachRowOnce() throws Exception {
    DataEvent[] window = {
      insert(BOOKS, 0, T + 5, 1L, 2L), insert(BOOKS, 1, T + 6, 3L), delete(BOOKS, 0, T + 7, 2L)
    };
    standby.send(window);
    restart(T + 50);
    standby.replay(window);

    assertThat(visible()).isEqualTo(Map.of("1:12", 1L, "3:12", 1L));
    assertThat(standby.milvus.rows().violations()).isEmpty();
  }

  @Test
  void failedRoundEndsNoSoonerThanItsLastRequest() throws Exception {
    CountDownLatch held = new CountDownLatch(1);
    String[] channels = {standby.channel(0), standby.channel(1)};
    Arrays.sort(channels);
    standby.milvus.fail(channels[0], Fault.cutBefore());
    standby.milvus.fail(channels[1], Fault.waitFor(held));
    DataEvent[] window = {insert(BOOKS, 0, T + 5, 1L), insert(BOOKS, 1, T + 6, 2L)};
    CompletableFuture<Void> round =
        CompletableFuture.runAsync(
            () -> assertThrows(UnknownOutcomeException.class, () -> standby.send(window)));
    await().until(() -> standby.milvus.pendingFaults() == 0);
    assertThrows(TimeoutException.class, () -> round.get(200, TimeUnit.MILLISECONDS));
    held.countDown();
    round.get();

    // The other request is on the target before the next session replays the round.
    assertThat(standby.inserts()).hasSize(1);
    restart(T + 50);
    standby.replay(window);
    assertThat(visible()).isEqualTo(Map.of("1:12", 1L, "2:12", 1L));
  }

  @Test
  void aTaskThatSeesStrangersOnTheTargetStampsAboveWhatTheyMayHaveSent() throws Exception {
    standby.milvus.catalog().put("default", "strangers", Entries.milvusSchema("strangers"), 1);
    restart(T);
    standby.send(insert(BOOKS, 0, T + 5, 1L));

    Instant opened = Timestamps.instant(T).plusSeconds(1001);
    assertThat(standby.stamps(standby.channel(0), MsgType.Insert))
        .allMatch(stamp -> stamp > Timestamps.of(opened.plusMillis(1000)));
    assertThat(standby.session.guarantee(T + 5)).isGreaterThan(Timestamps.of(opened));
  }

  @Test
  void aTaskThatIsAloneKeepsTheSourcesTimestamps() throws Exception {
    restart(T);
    standby.send(insert(BOOKS, 0, T + 5, 1L));

    assertThat(standby.stamps(standby.channel(0), MsgType.Insert)).containsExactly(T + 5);
  }

  @Test
  void withoutTheReplaysDeletesRowsWouldDouble() throws Exception {
    standby.send(insert(BOOKS, 0, T + 5, 1L));
    restart(T + 50);
    standby.send(insert(BOOKS, 0, T + 5, 1L));

    assertThat(visible()).isEqualTo(Map.of("1:12", 2L));
  }

  @Test
  void aReplayBeginsWithTheDeletesOfAllItsKeysAboveWhatWasSent() throws Exception {
    restart(T + 50);
    standby.replay(
        insert(BOOKS, 0, T + 5, 1L, 2L), insert(BOOKS, 0, T + 6, 3L), delete(BOOKS, 0, T + 7, 9L));

    List<MsgType> types =
        standby.sent(standby.channel(0)).stream()
            .map(m -> OneStandby.base(m).getMsgType())
            .toList();
    assertThat(types)
        .containsExactly(MsgType.Delete, MsgType.Insert, MsgType.Insert, MsgType.Delete);
    assertThat(standby.deletes().get(0).getPrimaryKeys().getIntId().getDataList())
        .containsExactly(1L, 2L, 3L);
    assertThat(standby.deletes().get(0).getPartitionID())
        .isEqualTo(standby.inserts().get(0).getPartitionID());
    assertThat(standby.deletes().get(0).getPartitionName()).isEqualTo("_default");
    assertThat(standby.sent(standby.channel(0)))
        .extracting(message -> OneStandby.base(message).getTimestamp())
        .isSorted()
        .doesNotHaveDuplicates()
        .allMatch(stamp -> stamp > T + 50);
  }

  @Test
  void anUpsertInAReplayKeepsTheNewRow() throws Exception {
    restart(T + 50);
    standby.replay(
        insert(BOOKS, 0, T + 5, 1L), delete(BOOKS, 0, T + 6, 1L), insert(BOOKS, 0, T + 6, 1L));

    assertThat(visible()).isEqualTo(Map.of("1:12", 1L));
  }

  @Test
  void everyMessageHasAnIdThatNoneBeforeHad() throws Exception {
    standby.send(insert(BOOKS, 0, T + 5, 1L));
    restart(T + 50);
    standby.replay(insert(BOOKS, 0, T + 5, 1L));
    standby.session.advance(T + 60);

    Set<Long> ids = new TreeSet<>();
    for (ByteString message : standby.sent(null)) {
      assertThat(ids.add(OneStandby.base(message).getMsgID())).isTrue();
      assertThat(OneStandby.base(message).getMsgID()).isPositive();
    }
  }

  @Test
  void twoTasksThatBeginAtTheSameMomentNeverShareAMessageId() throws Exception {
    Instant now = Timestamps.instant(T).plusSeconds(5000);
    String sessionState = standby.session.sessionState();
    for (int task = 0; task < 2; task++) {
      standby.open(standby.clocks, sessionState, 0, now);
      assertThat(standby.session.bind(Entries.DEFAULT, BOOKS)).isTrue();
      standby.send(insert(BOOKS, 0, T + 5 + task, 1L + task));
    }

    assertThat(standby.milvus.rows().violations()).isEmpty();
  }

  @Test
  void afterACleanStopNothingIsSentBelowWhatWasSent() throws Exception {
    standby.session.advance(T + 500);
    restart(T + 500);
    standby.send(insert(BOOKS, 0, T + 10, 1L));
    standby.session.advance(T + 11);

    assertThat(standby.stamps(standby.channel(0), MsgType.Insert)).allMatch(s -> s > T + 500);
    assertThat(standby.milvus.rows().violations()).isEmpty();
  }

  @Test
  void aDeleteAfterACleanStopHitsARowThatTheReplayMovedAheadOfIt() throws Exception {
    standby.send(insert(BOOKS, 0, T + 5, 1L));
    restart(T + 500);
    standby.replay(insert(BOOKS, 0, T + 5, 1L));
    standby.session.advance(T + 6);
    restart(standby.session.guarantee(T + 6));
    standby.send(delete(BOOKS, 0, T + 20, 1L));

    assertThat(visible()).isEmpty();
  }

  @Test
  void aChannelWithoutRowsInTheReplayStaysAboveWhatWasSentToo() throws Exception {
    standby.session.advance(T + 500);
    restart(T + 500);
    standby.replay(insert(BOOKS, 0, T + 5, 1L));
    standby.send(insert(BOOKS, 1, T + 6, 2L));

    assertThat(standby.stamps(standby.channel(1), MsgType.Insert)).allMatch(s -> s > T + 500);
  }

  @Test
  void aReplayAnnouncesItsHighestTimestampToo() throws Exception {
    restart(T + 50);
    Round round = new Round(List.of(insert(BOOKS, 0, T + 5, 1L, 2L)), T + 5, Round.Kind.REPLAY);
    try (Delivery delivery = standby.session.prepare(round)) {
      long announced = delivery.highestTimestamp();
      delivery.send();
      assertThat(standby.stamps(standby.channel(0), MsgType.Insert)).allMatch(s -> s <= announced);
      assertThat(announced).isGreaterThan(T + 50);
    }
  }

  @Test
  void whileARoundIsPreparedNobodyElseMovesItsChannels() throws Exception {
    StandbySession other = standby.session;
    standby.open(other.sessionState(), 0);
    StandbySession mine = standby.session;
    assertThat(mine.bind(Entries.DEFAULT, BOOKS)).isTrue();
    Delivery delivery =
        mine.prepare(new Round(List.of(insert(BOOKS, 0, T + 5, 1L)), T + 5, Round.Kind.FIRST));
    long announced = delivery.highestTimestamp();

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

    assertThat(standby.stamps(standby.channel(0), MsgType.Insert)).allMatch(s -> s <= announced);
    assertThat(standby.milvus.rows().violations()).isEmpty();
  }

  @Test
  void aRoundThatFailedHalfwayIsMendedByTheReplay() throws Exception {
    DataEvent[] window = {insert(BOOKS, 0, T + 5, 1L), insert(BOOKS, 1, T + 6, 2L)};
    standby.milvus.fail("ReplicateMessage", Fault.cutAfter());
    assertThatThrownBy(() -> standby.send(window)).isInstanceOf(UnknownOutcomeException.class);
    restart(T + 50);
    standby.replay(window);

    assertThat(visible()).isEqualTo(Map.of("1:12", 1L, "2:12", 1L));
  }

  @Test
  void manyKeysAreSplitOverSeveralDeletes() throws Exception {
    restart(T + 50);
    Long[] keys = java.util.stream.LongStream.range(0, 15_000).boxed().toArray(Long[]::new);
    Long[] more = java.util.stream.LongStream.range(15_000, 30_000).boxed().toArray(Long[]::new);
    Long[] most = java.util.stream.LongStream.range(30_000, 45_000).boxed().toArray(Long[]::new);
    standby.replay(
        insert(BOOKS, 0, T + 5, keys),
        insert(BOOKS, 0, T + 6, more),
        insert(BOOKS, 0, T + 7, most));

    assertThat(standby.deletes()).hasSizeGreaterThan(1);
    assertThat(
            standby.deletes().stream()
                .mapToLong(d -> d.getPrimaryKeys().getIntId().getDataCount())
                .sum())
        .isEqualTo(45_000);
    assertThat(standby.deletes())
        .allMatch(d -> d.getTimestampsCount() == d.getPrimaryKeys().getIntId().getDataCount());
    assertThat(visible()).hasSize(45_000);
  }
}
