package io.milvus.cdc.targets.milvus;

import static io.milvus.cdc.targets.milvus.OneStandby.BOOKS;
import static io.milvus.cdc.targets.milvus.OneStandby.T;
import static io.milvus.cdc.targets.milvus.OneStandby.insert;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.grpc.Status;
import io.milvus.cdc.catalog.CollectionEntry;
import io.milvus.cdc.error.CdcException;
import io.milvus.cdc.error.ConfigException;
import io.milvus.cdc.error.RetriableException;
import io.milvus.cdc.error.TargetException;
import io.milvus.cdc.error.UnknownOutcomeException;
import io.milvus.cdc.event.DataEvent;
import io.milvus.cdc.event.Insert;
import io.milvus.cdc.event.Payload;
import io.milvus.cdc.event.Position;
import io.milvus.cdc.event.RowsHeader;
import io.milvus.cdc.targets.Delivery;
import io.milvus.cdc.targets.Refused;
import io.milvus.cdc.targets.Round;
import io.milvus.cdc.testkit.Fault;
import io.milvus.cdc.testkit.Messages;
import io.milvus.grpc.MsgType;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import milvus.proto.msg.Msg;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What the target's refusals and silences mean. */
@Timeout(60)
class StandbyFaultTest {
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

  private CdcException failure(Fault... faults) {
    standby.milvus.fail("ReplicateMessage", faults);
    return org.assertj.core.api.Assertions.catchThrowableOfType(
        CdcException.class, () -> standby.send(insert(BOOKS, 0, T + 5, 1L)));
  }

  @Test
  void noSegmentYetIsTriedAgainWithTheSameRequest() throws Exception {
    standby.milvus.fail(
        "ReplicateMessage",
        Fault.code(65535, "GetSegmentID failed: x"),
        Fault.code(1902, "no segment"));

    standby.send(insert(BOOKS, 0, T + 5, 1L));

    assertThat(standby.inserts()).hasSize(1);
    assertThat(standby.inserts().get(0).getTimestampsList()).containsExactly(T + 5);
    assertThat(standby.milvus.rows().violations()).isEmpty();
  }

  @Test
  void aBrokenConnectionLeavesTheOutcomeUnknown() throws Exception {
    assertThat(failure(Fault.cutBefore())).isInstanceOf(UnknownOutcomeException.class);
    assertThat(standby.inserts()).isEmpty();
    assertThat(failure(Fault.cutAfter())).isInstanceOf(UnknownOutcomeException.class);
    assertThat(standby.inserts()).hasSize(1);
  }

  @Test
  void anUnknownRefusalLeavesTheOutcomeUnknown() {
    assertThat(failure(Fault.code(65535, "broadcast failed")))
        .isInstanceOf(UnknownOutcomeException.class)
        .hasMessageContaining("broadcast failed")
        .hasMessageContaining(standby.channel(0));
  }

  @Test
  void aTargetThatIsNoStandbyAnyMoreIsAConfigErrorWithTheCure() {
    assertThat(failure(Fault.code(1900, "deny to use the replicate message api")))
        .isInstanceOf(ConfigException.class)
        .hasMessageContaining("common.ttMsgEnabled: false");
  }

  @Test
  void messagesThatTheTargetCannotReadAreFoundAndTheOthersKeepTheirOrder() throws Exception {
    List<DataEvent> events = new ArrayList<>();
    for (int i = 0; i < 9; i++) {
      events.add(
          i == 3 || i == 8 ? garbled(T + 5 + i, i) : insert(BOOKS, i % 2, T + 5 + i, (long) i));
    }
    List<Refused> refused = send(Round.Kind.FIRST, events);

    assertThat(refused)
        .extracting(one -> one.event().timestamp())
        .containsExactlyInAnyOrder(T + 8, T + 13);
    assertThat(refused).allSatisfy(one -> assertThat(one.why()).contains("1901"));
    for (int shard = 0; shard < 2; shard++) {
      assertThat(standby.stamps(standby.channel(shard), MsgType.Insert)).isSorted();
    }
    assertThat(standby.inserts())
        .extracting(Msg.InsertRequest::getTimestampsList)
        .containsExactlyInAnyOrder(
            List.of(T + 5),
            List.of(T + 6),
            List.of(T + 7),
            List.of(T + 9),
            List.of(T + 10),
            List.of(T + 11),
            List.of(T + 12));
    assertThat(standby.milvus.rows().violations()).isEmpty();
  }

  @Test
  void rowsWhoseKeysCannotBeReadAreRefusedInAReplayToo() throws Exception {
    DataEvent garbled = garbled(T + 6, 1);
    List<Refused> refused = send(Round.Kind.REPLAY, List.of(insert(BOOKS, 0, T + 5, 1L), garbled));

    assertThat(refused).extracting(Refused::event).containsExactly(garbled);
    assertThat(standby.inserts()).hasSize(1);
    assertThat(standby.deletes()).hasSize(1);
  }

  @Test
  void rowsOfAShardThatTheirCollectionDoesNotHaveAreRefused() throws Exception {
    CollectionEntry other =
        io.milvus.cdc.testkit.Entries.collection(1, "books", T, "s-dml_0", "s-dml_7");
    List<Refused> refused =
        send(Round.Kind.FIRST, List.of(insert(other, 1, T + 5, 1L), insert(BOOKS, 1, T + 6, 2L)));

    assertThat(refused).hasSize(1);
    assertThat(refused.get(0).why()).contains("s-dml_7_1v1");
    assertThat(standby.inserts()).hasSize(1);
  }

  @Test
  void aTickThatTheTargetCannotReadIsFinal() {
    standby.milvus.fail("ReplicateMessage", Fault.code(1901, "fail to decode"));

    assertThatThrownBy(() -> standby.session.advance(T + 9))
        .isInstanceOf(TargetException.class)
        .isNotInstanceOf(RetriableException.class);
  }

  private List<Refused> send(Round.Kind kind, List<DataEvent> events) throws Exception {
    long upTo = events.get(events.size() - 1).timestamp();
    try (Delivery delivery = standby.session.prepare(new Round(events, upTo, kind))) {
      return delivery.send();
    }
  }

  private static DataEvent garbled(long timestamp, int place) {
    byte[] body = Messages.garbledInsert(BOOKS.shards().get(0), 1, 10, timestamp);
    RowsHeader header =
        new RowsHeader(
            "s-dml_0", new Position("2:" + place), timestamp, 1, 10, BOOKS.shards().get(0), 1, 0);
    return new Insert(header, Payload.of(body));
  }

  @Test
  void anOverloadedTargetIsTriedAgainLater() {
    assertThat(failure(Fault.error(Status.Code.RESOURCE_EXHAUSTED)))
        .isInstanceOf(RetriableException.class);
  }

  @ParameterizedTest
  @EnumSource(
      value = Status.Code.class,
      names = {"UNAUTHENTICATED", "PERMISSION_DENIED", "UNIMPLEMENTED"})
  void aTargetThatRefusesUsIsAConfigError(Status.Code code) {
    assertThat(failure(Fault.error(code)))
        .isInstanceOf(ConfigException.class)
        .hasMessageContaining(standby.milvus.uri());
  }

  @Test
  void aTickThatFailsIsAFailureToo() {
    standby.milvus.fail("ReplicateMessage", Fault.cutBefore(), Fault.cutBefore());

    assertThatThrownBy(() -> standby.session.advance(T + 9))
        .isInstanceOf(UnknownOutcomeException.class);
  }

  @Test
  void ticksComeOnlyAfterTheRowsAreAcknowledged() throws Exception {
    CountDownLatch gate = new CountDownLatch(1);
    standby.milvus.fail("ReplicateMessage", Fault.waitFor(gate));
    CountDownLatch sent = new CountDownLatch(1);
    Thread task =
        new Thread(
            () -> {
              try {
                standby.send(insert(BOOKS, 0, T + 5, 1L), insert(BOOKS, 1, T + 6, 2L));
                sent.countDown();
                standby.session.advance(T + 6);
              } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
              }
            });
    task.start();
    org.awaitility.Awaitility.await().until(() -> !standby.milvus.calls().isEmpty());
    assertThat(sent.await(200, TimeUnit.MILLISECONDS)).isFalse();
    gate.countDown();
    task.join();

    List<String> calls = standby.milvus.calls();
    assertThat(calls.subList(0, 2)).allMatch(call -> call.endsWith("[Insert]"));
    assertThat(calls.subList(2, 4)).allMatch(call -> call.endsWith("[TimeTick]"));
  }

  @Test
  void aFailedRoundFreesItsChannels() throws Exception {
    assertThat(failure(Fault.cutBefore())).isNotNull();
    StandbySession other = standby.open(standby.session.sessionState(), 0);
    assertThat(other.bind(io.milvus.cdc.testkit.Entries.DEFAULT, BOOKS)).isTrue();

    other.advance(T + 9);
  }
}
