package io.milvus.cdc.targets.milvus;

import static io.milvus.cdc.targets.milvus.OneStandby.BOOKS;
import static io.milvus.cdc.targets.milvus.OneStandby.T;
import static io.milvus.cdc.targets.milvus.OneStandby.delete;
import static io.milvus.cdc.targets.milvus.OneStandby.insert;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.milvus.cdc.catalog.CollectionEntry;
import io.milvus.cdc.error.TargetException;
import io.milvus.cdc.event.DataEvent;
import io.milvus.cdc.event.Payload;
import io.milvus.cdc.event.Placed;
import io.milvus.cdc.event.SchemaEvent;
import io.milvus.cdc.targets.Delivery;
import io.milvus.cdc.targets.Round;
import io.milvus.cdc.testkit.Entries;
import io.milvus.cdc.testkit.FakeCatalog;
import io.milvus.cdc.testkit.Messages;
import io.milvus.grpc.FieldData;
import io.milvus.grpc.MsgType;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import milvus.proto.msg.Msg;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class StandbySessionTest {
  private final OneStandby standby = new OneStandby();

  @BeforeEach
  void begin() throws Exception {
    standby.create(BOOKS);
    standby.milvus.forgetCalls();
  }

  @AfterEach
  void end() {
    assertThat(standby.milvus.rows().violations()).isEmpty();
    standby.close();
  }

  private FakeCatalog.Made made() {
    return standby.milvus.catalog().get("default", "books");
  }

  @Test
  void rowsGoToTheSameShardAndPartitionUnderTheTargetsNamesAndIds() throws Exception {
    standby.send(insert(BOOKS, 1, T + 5, 1L, 2L));

    Msg.InsertRequest sent = standby.inserts().get(0);
    assertThat(standby.milvus.replicated().get(0).getChannelName()).isEqualTo(standby.channel(1));
    assertThat(sent.getShardName()).isEqualTo(made().shards().get(1));
    assertThat(sent.getCollectionID()).isEqualTo(made().id());
    assertThat(sent.getCollectionName()).isEqualTo("books");
    assertThat(sent.getDbName()).isEqualTo("default");
    assertThat(sent.getPartitionName()).isEqualTo("_default");
    assertThat(sent.getPartitionID()).isEqualTo(made().partitions().get("_default"));
    assertThat(sent.getTimestampsList()).containsExactly(T + 5, T + 5);
  }

  @Test
  void aDeleteInAllPartitionsStaysOne() throws Exception {
    standby.send(delete(BOOKS, 0, T + 5, 1L));

    assertThat(standby.deletes().get(0).getPartitionID()).isEqualTo(-1);
    assertThat(standby.deletes().get(0).getPartitionName()).isEmpty();
  }

  @Test
  void sendingWaitsForEveryChannel() throws Exception {
    standby.send(insert(BOOKS, 0, T + 5, 1L), insert(BOOKS, 1, T + 6, 2L));

    assertThat(standby.milvus.calls())
        .containsExactlyInAnyOrder(
            standby.channel(0) + "[Insert]", standby.channel(1) + "[Insert]");
  }

  @Test
  void anAdvanceTicksEveryBoundChannelAndNoOther() throws Exception {
    standby.session.advance(T + 9);

    assertThat(standby.milvus.rows().ticks())
        .containsExactlyInAnyOrderEntriesOf(
            Map.of(standby.channel(0), T + 9, standby.channel(1), T + 9));
  }

  @Test
  void aRoundBecomesOneRequestAChannel() throws Exception {
    standby.send(
        insert(BOOKS, 0, T + 5, 1L), delete(BOOKS, 0, T + 6, 1L), insert(BOOKS, 0, T + 7, 3L));

    assertThat(standby.milvus.calls())
        .containsExactly(standby.channel(0) + "[Insert, Delete, Insert]");
  }

  @Test
  void nothingIsSentBelowATickThatWasSent() throws Exception {
    standby.session.advance(T + 100);
    standby.send(insert(BOOKS, 0, T + 5, 1L), delete(BOOKS, 0, T + 6, 1L));

    assertThat(standby.stamps(standby.channel(0), MsgType.Insert)).containsExactly(T + 101);
    assertThat(standby.stamps(standby.channel(0), MsgType.Delete)).containsExactly(T + 102);
  }

  @Test
  void anUpsertKeepsTheNewRowThoughItIsRestamped() throws Exception {
    standby.session.advance(T + 100);
    standby.send(insert(BOOKS, 0, T + 5, 1L));
    standby.send(delete(BOOKS, 0, T + 6, 1L), insert(BOOKS, 0, T + 6, 1L));

    assertThat(standby.milvus.rows().visible(made().id(), made().partitions().get("_default")))
        .containsExactly(Map.entry("1:12", 1L));
  }

  @Test
  void nothingGetsATimestampAboveWhatWasAnnounced() throws Exception {
    standby.session.advance(T + 100);
    Round round =
        new Round(
            List.of(insert(BOOKS, 0, T + 5, 1L), insert(BOOKS, 0, T + 200, 2L)),
            T + 200,
            Round.Kind.FIRST);
    try (Delivery delivery = standby.session.prepare(round)) {
      assertThat(standby.milvus.replicated()).allMatch(r -> !r.getMsgs(0).isEmpty());
      long announced = delivery.highestTimestamp();
      delivery.send();
      assertThat(standby.stamps(standby.channel(0), MsgType.Insert))
          .allMatch(stamp -> stamp <= announced);
      assertThat(delivery.restamped()).isEqualTo(1);
    }
  }

  @Test
  void preparingSendsNothing() throws Exception {
    standby
        .session
        .prepare(new Round(List.of(insert(BOOKS, 0, T + 5, 1L)), T + 5, Round.Kind.REPLAY))
        .close();

    assertThat(standby.milvus.replicated()).isEmpty();
  }

  @Test
  void theGuaranteeCoversEveryRowThatATickMadeVisible() throws Exception {
    standby.session.advance(T + 100);
    standby.send(insert(BOOKS, 0, T + 5, 1L));
    standby.session.advance(T + 6);

    assertThat(standby.session.guarantee(T + 6)).isGreaterThanOrEqualTo(T + 101);
    assertThat(standby.milvus.rows().ticks().get(standby.channel(0)))
        .isGreaterThanOrEqualTo(T + 101);
  }

  @Test
  void rowsOfACollectionThatWasNotMadeAreAnError() {
    CollectionEntry other = Entries.collection(2, "films", T, "s-dml_0");

    assertThatThrownBy(() -> standby.send(insert(other, 0, T + 5, 1L)))
        .isInstanceOf(TargetException.class);
  }

  @Test
  void rowsForAPartitionThatTheTargetLostAreAnErrorWithItsName() {
    made().partitions().clear();
    standby.open(standby.session.sessionState(), 0);

    assertThatThrownBy(
            () -> {
              assertThat(standby.session.bind(Entries.DEFAULT, BOOKS)).isTrue();
              standby.send(insert(BOOKS, 0, T + 5, 1L));
            })
        .isInstanceOf(TargetException.class)
        .hasMessageContaining("_default");
  }

  @Test
  void anotherSessionFindsWhatThisOneMade() throws Exception {
    String sessionState = standby.session.sessionState();
    standby.open(sessionState, 0);

    assertThat(standby.session.bind(Entries.DEFAULT, BOOKS)).isTrue();
    assertThat(standby.session.sessionState()).isEqualTo(sessionState);
    standby.send(insert(BOOKS, 0, T + 5, 1L));
    assertThat(standby.inserts().get(0).getCollectionID()).isEqualTo(made().id());
  }

  @Test
  void ofManyCollectionsEachIsFoundAgainOrNot() throws Exception {
    List<Placed> all = new ArrayList<>();
    Set<Long> left = new HashSet<>();
    for (long id = 2; id < 60; id++) {
      CollectionEntry one = Entries.collection(id, "c" + id, T, "s-dml_0");
      standby.create(one);
      all.add(new Placed(Entries.DEFAULT, one));
      if (id % 3 == 0) {
        standby.session.apply(new SchemaEvent.DropCollection(T + 1, Entries.DEFAULT, one));
      } else {
        left.add(id);
      }
    }
    standby.open(standby.session.sessionState(), 0);

    assertThat(standby.session.bindAll(all)).isEqualTo(left);
    CollectionEntry last = all.get(57).collection();
    standby.send(insert(last, 0, T + 5, 1L));
    assertThat(standby.inserts().get(0).getCollectionName()).isEqualTo("c59");
  }

  @Test
  void aCollectionThatSomebodyReplacedIsNotOurs() throws Exception {
    String sessionState = standby.session.sessionState();
    standby.milvus.catalog().put("default", "books", Entries.milvusSchema("books"), 2);
    standby.open(sessionState, 0);

    assertThat(standby.session.bind(Entries.DEFAULT, BOOKS)).isFalse();
  }

  @Test
  void aCollectionThatIsGoneIsNotFound() throws Exception {
    CollectionEntry films = Entries.collection(2, "films", T, "s-dml_0");

    assertThat(standby.session.bind(Entries.DEFAULT, films)).isFalse();
  }

  @Test
  void manyRowsAreSplitIntoSeveralRequestsInOrder() throws Exception {
    standby.send(large(T + 5), large(T + 6));

    assertThat(standby.milvus.calls())
        .containsExactly(standby.channel(0) + "[Insert]", standby.channel(0) + "[Insert]");
    assertThat(standby.stamps(standby.channel(0), MsgType.Insert)).containsExactly(T + 5, T + 6);
  }

  private static DataEvent large(long timestamp) {
    DataEvent small = insert(BOOKS, 0, timestamp, 1L);
    FieldData text = Messages.strings("text", 102, List.of("x".repeat(10 << 20)));
    Msg.InsertRequest body =
        Messages.insert(BOOKS.shards().get(0), BOOKS.id(), 10, timestamp, 1L).toBuilder()
            .addFieldsData(text)
            .build();
    return small.with(Payload.of(body.toByteArray()));
  }
}
