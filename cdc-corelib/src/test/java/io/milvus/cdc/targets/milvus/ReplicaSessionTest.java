package io.milvus.cdc.targets.milvus;

import static io.milvus.cdc.targets.milvus.OneReplica.BOOKS;
import static io.milvus.cdc.targets.milvus.OneReplica.T;
import static io.milvus.cdc.targets.milvus.OneReplica.delete;
import static io.milvus.cdc.targets.milvus.OneReplica.insert;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.milvus.cdc.catalog.CollectionEntry;
import io.milvus.cdc.error.TargetException;
import io.milvus.cdc.event.DataEvent;
import io.milvus.cdc.event.Payload;
import io.milvus.cdc.event.SchemaEvent;
import io.milvus.cdc.targets.Delivery;
import io.milvus.cdc.targets.Placed;
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
class ReplicaSessionTest {
  private final OneReplica replica = new OneReplica();

  @BeforeEach
  void begin() throws Exception {
    replica.create(BOOKS);
    replica.milvus.forgetCalls();
  }

  @AfterEach
  void end() {
    assertThat(replica.milvus.rows().violations()).isEmpty();
    replica.close();
  }

  private FakeCatalog.Made made() {
    return replica.milvus.catalog().get("default", "books");
  }

  @Test
  void rowsGoToTheSameShardAndPartitionUnderTheTargetsNamesAndIds() throws Exception {
    replica.send(insert(BOOKS, 1, T + 5, 1L, 2L));

    Msg.InsertRequest sent = replica.inserts().get(0);
    assertThat(replica.milvus.replicated().get(0).getChannelName()).isEqualTo(replica.channel(1));
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
    replica.send(delete(BOOKS, 0, T + 5, 1L));

    assertThat(replica.deletes().get(0).getPartitionID()).isEqualTo(-1);
    assertThat(replica.deletes().get(0).getPartitionName()).isEmpty();
  }

  @Test
  void sendingWaitsForEveryChannel() throws Exception {
    replica.send(insert(BOOKS, 0, T + 5, 1L), insert(BOOKS, 1, T + 6, 2L));

    assertThat(replica.milvus.calls())
        .containsExactlyInAnyOrder(
            replica.channel(0) + "[Insert]", replica.channel(1) + "[Insert]");
  }

  @Test
  void anAdvanceTicksEveryBoundChannelAndNoOther() throws Exception {
    replica.session.advance(T + 9);

    assertThat(replica.milvus.rows().ticks())
        .containsExactlyInAnyOrderEntriesOf(
            Map.of(replica.channel(0), T + 9, replica.channel(1), T + 9));
  }

  @Test
  void aRoundBecomesOneRequestAChannel() throws Exception {
    replica.send(
        insert(BOOKS, 0, T + 5, 1L), delete(BOOKS, 0, T + 6, 1L), insert(BOOKS, 0, T + 7, 3L));

    assertThat(replica.milvus.calls())
        .containsExactly(replica.channel(0) + "[Insert, Delete, Insert]");
  }

  @Test
  void nothingIsSentBelowATickThatWasSent() throws Exception {
    replica.session.advance(T + 100);
    replica.send(insert(BOOKS, 0, T + 5, 1L), delete(BOOKS, 0, T + 6, 1L));

    assertThat(replica.stamps(replica.channel(0), MsgType.Insert)).containsExactly(T + 101);
    assertThat(replica.stamps(replica.channel(0), MsgType.Delete)).containsExactly(T + 102);
  }

  @Test
  void anUpsertKeepsTheNewRowThoughItIsRestamped() throws Exception {
    replica.session.advance(T + 100);
    replica.send(insert(BOOKS, 0, T + 5, 1L));
    replica.send(delete(BOOKS, 0, T + 6, 1L), insert(BOOKS, 0, T + 6, 1L));

    assertThat(replica.milvus.rows().visible(made().id(), made().partitions().get("_default")))
        .containsExactly(Map.entry("1:12", 1L));
  }

  @Test
  void nothingGetsATimestampAboveWhatWasAnnounced() throws Exception {
    replica.session.advance(T + 100);
    Round round =
        new Round(
            List.of(insert(BOOKS, 0, T + 5, 1L), insert(BOOKS, 0, T + 200, 2L)), T + 200, false);
    try (Delivery delivery = replica.session.prepare(round)) {
      assertThat(replica.milvus.replicated()).allMatch(r -> !r.getMsgs(0).isEmpty());
      long announced = delivery.highest();
      delivery.send();
      assertThat(replica.stamps(replica.channel(0), MsgType.Insert))
          .allMatch(stamp -> stamp <= announced);
      assertThat(delivery.restamped()).isEqualTo(1);
    }
  }

  @Test
  void preparingSendsNothing() throws Exception {
    replica.session.prepare(new Round(List.of(insert(BOOKS, 0, T + 5, 1L)), T + 5, true)).close();

    assertThat(replica.milvus.replicated()).isEmpty();
  }

  @Test
  void theGuaranteeCoversEveryRowThatATickMadeVisible() throws Exception {
    replica.session.advance(T + 100);
    replica.send(insert(BOOKS, 0, T + 5, 1L));
    replica.session.advance(T + 6);

    assertThat(replica.session.guarantee(T + 6)).isGreaterThanOrEqualTo(T + 101);
    assertThat(replica.milvus.rows().ticks().get(replica.channel(0)))
        .isGreaterThanOrEqualTo(T + 101);
  }

  @Test
  void rowsOfACollectionThatWasNotMadeAreAnError() {
    CollectionEntry other = Entries.collection(2, "films", T, "s-dml_0");

    assertThatThrownBy(() -> replica.send(insert(other, 0, T + 5, 1L)))
        .isInstanceOf(TargetException.class);
  }

  @Test
  void rowsForAPartitionThatTheTargetLostAreAnErrorWithItsName() {
    made().partitions().clear();
    replica.open(replica.session.memento(), 0);

    assertThatThrownBy(
            () -> {
              assertThat(replica.session.bind(Entries.DEFAULT, BOOKS)).isTrue();
              replica.send(insert(BOOKS, 0, T + 5, 1L));
            })
        .isInstanceOf(TargetException.class)
        .hasMessageContaining("_default");
  }

  @Test
  void anotherSessionFindsWhatThisOneMade() throws Exception {
    String memento = replica.session.memento();
    replica.open(memento, 0);

    assertThat(replica.session.bind(Entries.DEFAULT, BOOKS)).isTrue();
    assertThat(replica.session.memento()).isEqualTo(memento);
    replica.send(insert(BOOKS, 0, T + 5, 1L));
    assertThat(replica.inserts().get(0).getCollectionID()).isEqualTo(made().id());
  }

  @Test
  void ofManyCollectionsEachIsFoundAgainOrNot() throws Exception {
    List<Placed> all = new ArrayList<>();
    Set<Long> left = new HashSet<>();
    for (long id = 2; id < 60; id++) {
      CollectionEntry one = Entries.collection(id, "c" + id, T, "s-dml_0");
      replica.create(one);
      all.add(new Placed(Entries.DEFAULT, one));
      if (id % 3 == 0) {
        replica.session.apply(new SchemaEvent.DropCollection(T + 1, Entries.DEFAULT, one));
      } else {
        left.add(id);
      }
    }
    replica.open(replica.session.memento(), 0);

    assertThat(replica.session.bindAll(all)).isEqualTo(left);
    CollectionEntry last = all.get(57).collection();
    replica.send(insert(last, 0, T + 5, 1L));
    assertThat(replica.inserts().get(0).getCollectionName()).isEqualTo("c59");
  }

  @Test
  void aCollectionThatSomebodyReplacedIsNotOurs() throws Exception {
    String memento = replica.session.memento();
    replica.milvus.catalog().put("default", "books", Entries.milvusSchema("books"), 2);
    replica.open(memento, 0);

    assertThat(replica.session.bind(Entries.DEFAULT, BOOKS)).isFalse();
  }

  @Test
  void aCollectionThatIsGoneIsNotFound() throws Exception {
    CollectionEntry films = Entries.collection(2, "films", T, "s-dml_0");

    assertThat(replica.session.bind(Entries.DEFAULT, films)).isFalse();
  }

  @Test
  void manyRowsAreSplitIntoSeveralRequestsInOrder() throws Exception {
    replica.send(large(T + 5), large(T + 6));

    assertThat(replica.milvus.calls())
        .containsExactly(replica.channel(0) + "[Insert]", replica.channel(0) + "[Insert]");
    assertThat(replica.stamps(replica.channel(0), MsgType.Insert)).containsExactly(T + 5, T + 6);
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
