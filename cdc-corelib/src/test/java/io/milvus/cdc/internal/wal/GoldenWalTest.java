package io.milvus.cdc.internal.wal;

import static org.assertj.core.api.Assertions.assertThat;

import io.milvus.cdc.catalog.Channels;
import io.milvus.cdc.catalog.CollectionEntry;
import io.milvus.cdc.event.DataEvent;
import io.milvus.cdc.event.Delete;
import io.milvus.cdc.event.Insert;
import io.milvus.cdc.internal.wire.Wire;
import io.milvus.cdc.rows.InsertedRows;
import io.milvus.cdc.rows.Row;
import io.milvus.cdc.rows.Rows;
import io.milvus.cdc.testkit.WalRecording;
import io.milvus.grpc.MsgType;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Every message of real servers, decoded. */
class GoldenWalTest {
  private static final String WOODPECKER = "milvus-2.6.20-woodpecker-wal.jsonl.gz";
  private static final String PULSAR = "milvus-2.6.20-pulsar-wal.jsonl.gz";
  private static final String ACCESS = "milvus-2.6.20-load-rbac-wal.jsonl.gz";
  private static final String STANDBY = "milvus-2.6.20-secondary-wal.jsonl.gz";
  private static final String OF3 = "milvus-3.0.0-woodpecker-wal.jsonl.gz";
  private static final String KAFKA = "milvus-2.6.20-kafka-wal-raw.jsonl.gz";
  private static final String PUSHED = "milvus-2.6.20-kafka-standby-conversation.jsonl.gz";

  private static final long KINDS = 470804118027109473L;

  private static List<WalEvent> decoded(List<WalMessage> messages) {
    return messages.stream().map(new WalDecoder()::decode).toList();
  }

  private static List<WalEvent> decoded(String name) {
    return decoded(WalRecording.dumped(name));
  }

  /** Returns what the message is about, in two words. */
  private static String kind(WalEvent event) {
    Object told =
        event instanceof WalEvent.Change change
            ? change.change()
            : event instanceof WalEvent.Rows rows ? rows.event() : event;
    String name = told.getClass().getName();
    String kind = name.substring(name.lastIndexOf('.') + 1).replace('$', '.');
    return event instanceof WalEvent.Boundary boundary ? kind + " " + boundary.kind() : kind;
  }

  private static Map<String, Integer> kinds(String name) {
    Map<String, Integer> kinds = new TreeMap<>();
    decoded(name).forEach(event -> kinds.merge(kind(event), 1, Integer::sum));
    return kinds;
  }

  /** The kinds of the workload that ran on each kind of log. */
  private static Map<String, Integer> workload() {
    Map<String, Integer> kinds = new TreeMap<>();
    kinds.put("Insert", 11);
    kinds.put("WalEvent.Undecoded", 3);
    kinds.put("Delete", 4);
    kinds.put("CollectionChange.Create", 5);
    kinds.put("CollectionChange.Drop", 2);
    kinds.put("CollectionChange.CreatePartition", 3);
    kinds.put("CollectionChange.DropPartition", 3);
    kinds.put("UnsentRows.Flush", 2);
    kinds.put("CollectionChange.Alter", 15);
    kinds.put("DatabaseChange.Create", 1);
    kinds.put("DatabaseChange.Alter", 1);
    kinds.put("DatabaseChange.Drop", 1);
    kinds.put("AliasChange.Set", 2);
    kinds.put("AliasChange.Drop", 1);
    kinds.put("AccessChange.SetPassword", 2);
    // A role, a role of a user, a privilege group, and its privileges.
    kinds.put("AccessChange.Add", 4);
    kinds.put("AccessChange.Remove", 1);
    // A user, a role, and a privilege group.
    kinds.put("AccessChange.Drop", 3);
    kinds.put("ClusterChange.SetResourceGroups", 1);
    kinds.put("ClusterChange.DropResourceGroup", 1);
    // One created, one altered.
    kinds.put("ServingChange.SetIndexes", 2);
    kinds.put("ServingChange.DropIndexes", 1);
    kinds.put("UnsentRows.FlushAll", 4);
    kinds.put("CollectionChange.Truncate", 2);
    kinds.put("WalEvent.Boundary BEGIN", 5);
    kinds.put("WalEvent.Boundary COMMIT", 5);
    return kinds;
  }

  @Test
  void everyMessageOnPulsarIsKnown() {
    assertThat(kinds(PULSAR)).isEqualTo(workload());
  }

  @Test
  void everyMessageOnWoodpeckerIsKnown() {
    Map<String, Integer> expected = workload();
    expected.put("CollectionChange.Create", 7);
    expected.put("UnsentRows.Import", 1);
    expected.put("ClusterChange.Replication", 4);

    assertThat(kinds(WOODPECKER)).isEqualTo(expected);
  }

  @Test
  void everyMessageOfMilvus3IsKnown() {
    Map<String, Integer> expected = workload();
    expected.put("CollectionChange.Create", 7);
    expected.put("CollectionChange.Drop", 4);
    expected.put("CollectionChange.Alter", 17);
    expected.put("Insert", 12);
    expected.put("UnsentRows.Flush", 3);
    expected.put("ServingChange.SetIndexes", 3);
    expected.put("ClusterChange.Snapshots", 2);
    expected.put("ClusterChange.Replication", 4);

    assertThat(kinds(OF3)).isEqualTo(expected);
  }

  @Test
  void everyMessageAboutLoadsAndRightsIsKnown() {
    assertThat(kinds(ACCESS))
        .isEqualTo(
            Map.of(
                "CollectionChange.Create", 2,
                "CollectionChange.Drop", 2,
                "CollectionChange.CreatePartition", 2,
                "ServingChange.SetIndexes", 1,
                "ServingChange.Load", 3,
                "ServingChange.Release", 2,
                "AccessChange.SetPassword", 1,
                // A role, two grants, and what a backup restored.
                "AccessChange.Add", 4,
                "AccessChange.Remove", 1));
  }

  @Test
  void everyMessageOfAStandbyIsKnownAsReplicated() {
    assertThat(kinds(STANDBY))
        .isEqualTo(
            Map.of("Insert", 3, "CollectionChange.Create", 2, "ClusterChange.Replication", 4));
    assertThat(decoded(STANDBY))
        .allMatch(
            event ->
                event.envelope().replicated() == !kind(event).equals("ClusterChange.Replication"));
  }

  @ParameterizedTest
  @ValueSource(strings = {WOODPECKER, PULSAR, ACCESS, STANDBY, OF3})
  void onlyCutMessagesAreUnknown(String name) {
    for (WalMessage message : WalRecording.dumped(name)) {
      WalEvent event = new WalDecoder().decode(message);
      assertThat(event instanceof WalEvent.Undecoded)
          .as(message.toString())
          .isEqualTo(WalRecording.isCut(message));
      assertThat(event.envelope().tick()).isEqualTo(WalRecording.tick(message));
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {WOODPECKER, PULSAR, ACCESS, STANDBY, OF3})
  void positionsAreReadBack(String name) {
    for (WalEvent event : decoded(name)) {
      WalPosition position = event.envelope().position();
      assertThat(WalPosition.parse(position.position())).isEqualTo(position);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {WOODPECKER, PULSAR, ACCESS, STANDBY, OF3})
  void noEventShowsThePasswordOfAStandby(String name) {
    assertThat(decoded(name).toString()).doesNotContain("Sec?ret").doesNotContain("cm9vdDpTZWM");
    assertThat(WalRecording.dumped(name).toString()).doesNotContain("U2VjP3JldA");
  }

  @Test
  void rowsHaveTheTickAndTheShardOfTheirMessage() throws IOException {
    for (WalEvent event : decoded(WOODPECKER)) {
      if (event instanceof WalEvent.Rows rows) {
        DataEvent data = rows.event();
        assertThat(data.timestamp()).isEqualTo(rows.envelope().tick());
        assertThat(data.header().channel()).isEqualTo(Channels.physicalOf(data.header().shard()));
        assertThat(Wire.baseOf(data.payload().bytes()).getTimestamp()).isEqualTo(data.timestamp());
        assertThat(Wire.baseOf(data.payload().bytes()).getMsgType())
            .isEqualTo(data instanceof Delete ? MsgType.Delete : MsgType.Insert);
      }
    }
  }

  private static CollectionEntry collection(String name, long id) {
    WalCatalog catalog = new WalCatalog(FirstLook.NONE);
    for (WalEvent event : decoded(name)) {
      if (event instanceof WalEvent.Change change) {
        catalog.apply(change);
      }
    }
    return catalog.catalog().collections().get(id);
  }

  /** Returns the rows of all whole messages by their keys; a later row replaces an earlier one. */
  private static Map<Object, Row> rows(String name, long collection) {
    CollectionEntry entry = collection(name, collection);
    Map<Object, Row> rows = new HashMap<>();
    for (WalEvent event : joined(decoded(name))) {
      if (event instanceof WalEvent.Rows message && message.rows().collectionId() == collection) {
        DataEvent data = message.event();
        if (data instanceof Insert insert) {
          InsertedRows inserted = Rows.of(insert, "default", entry);
          for (int i = 0; i < inserted.count(); i++) {
            rows.put(inserted.row(i).key(), inserted.row(i));
          }
        } else {
          Rows.of((Delete) data, "default", entry).keys().forEach(rows::remove);
        }
      }
    }
    return rows;
  }

  private static List<WalEvent> joined(List<WalEvent> events) {
    Map<String, Transactions> channels = new HashMap<>();
    List<WalEvent> joined = new ArrayList<>();
    for (WalEvent event : events) {
      String channel = event.envelope().channel();
      joined.addAll(
          channels.computeIfAbsent(channel, one -> Transactions.ofServer()).accept(event));
    }
    return joined;
  }

  @Test
  void valuesOfEachTypeAreThoseOfTheWorkload() {
    Map<Object, Row> rows = rows(WOODPECKER, KINDS);

    assertThat(rows.keySet())
        .containsExactlyInAnyOrder(
            Stream.of(0, 3, 4, 5, 6, 7, 8, 9, 20, 101, 102, 103, 200, 201, 202, 2999)
                .map(Integer::longValue)
                .toArray());
    Map<String, Object> five = new HashMap<>(rows.get(5L).values());
    assertThat((float[]) five.remove("vec")).containsExactly(5, 0.5f, -1, 2);
    assertThat((byte[]) five.remove("bv")).containsExactly(5, 0xff);
    assertThat((byte[]) five.remove("sv"))
        .containsExactly(1, 0, 0, 0, 0, 0, 0, 0x3f, 105, 0, 0, 0, 0, 0, 0xc0, 0x3f);
    assertThat(five)
        .isEqualTo(
            Map.ofEntries(
                Map.entry("id", 5L),
                Map.entry("b", true),
                Map.entry("i8", 5),
                Map.entry("i16", 5),
                Map.entry("i32", 50),
                Map.entry("f", 5.25f),
                Map.entry("d", 5.125),
                Map.entry("s", "s5"),
                Map.entry("j", "{\"k\":5}"),
                Map.entry("a", List.of(5L, 6L)),
                Map.entry("$meta", "{\"extra\":\"dyn5\"}")));
    assertThat(rows.get(0L).value("b")).isNull();
    assertThat(rows.get(0L).value("s")).isNull();
    assertThat(rows.get(1L)).isNull();
  }

  @Test
  void rowsAfterAFieldWasAddedHaveIt() {
    Map<Object, Row> rows = rows(WOODPECKER, KINDS);

    assertThat(rows.get(202L).values()).containsKey("added");
    assertThat(rows.get(5L).values()).doesNotContainKey("added");
  }

  @Test
  void smallVectorsAndTheKeysThatTheSourceMadeUpAreThere() {
    Map<Object, Row> rows = rows(WOODPECKER, 470804118027310481L);

    assertThat(rows).hasSize(6);
    Row row = rows.get("470804118027109490");
    assertThat(row.value("key")).isEqualTo("k1");
    assertThat((byte[]) row.value("f16")).containsExactly(0, 0x3c, 0, 0x3c, 0, 0x40, 0, 0x42);
    assertThat((byte[]) row.value("bf16")).containsExactly(0, 0, 0, 0, 0, 0, 0, 0);
    assertThat((byte[]) row.value("i8v")).containsExactly(1, -1, 2, 3);
    assertThat(row.number()).isEqualTo(470804118027109490L);
    assertThat(row.timestamp().value()).isEqualTo(470804123025670151L);
  }

  @Test
  void deletesOfAnUpsertComeBeforeItsInserts() {
    List<String> upsert =
        joined(decoded(WOODPECKER)).stream()
            .filter(event -> event.envelope().tick() == 470804123025670159L)
            .map(GoldenWalTest::kind)
            .toList();

    // The log has them the other way round.
    assertThat(upsert).containsExactly("Delete", "Insert");
  }

  @Test
  void aTopicsTransactionsGiveWhatMilvusPushesToAStandby() {
    Map<String, Transactions> channels = new HashMap<>();
    Map<String, DataEvent> ofTopics = new TreeMap<>();
    for (WalMessage message : WalRecording.ofTopics(KAFKA)) {
      WalEvent event = new WalDecoder().decode(message);
      channels
          .computeIfAbsent(message.channel(), channel -> Transactions.ofTopic())
          .accept(event)
          .forEach(one -> put(one, ofTopics));
    }
    Map<String, DataEvent> pushed = new TreeMap<>();
    joined(decoded(WalRecording.pushed(PUSHED))).forEach(one -> put(one, pushed));

    assertThat(ofTopics).hasSize(15);
    assertThat(pushed).hasSize(16).containsOnlyKeys(with(ofTopics.keySet(), pushed));
    ofTopics.forEach(
        (place, event) -> {
          assertThat(event.header()).as(place).isEqualTo(pushed.get(place).header());
          assertThat(event.payload().bytes())
              .as(place)
              .isEqualTo(pushed.get(place).payload().bytes());
        });
    assertThat(channels.values()).allMatch(one -> one.open() == 0);
  }

  /** Returns some places, and the one whose body was cut in the topics' recording only. */
  private static List<String> with(java.util.Set<String> places, Map<String, DataEvent> pushed) {
    return Stream.concat(
            places.stream(), pushed.keySet().stream().filter(one -> !places.contains(one)).limit(1))
        .toList();
  }

  private static void put(WalEvent event, Map<String, DataEvent> all) {
    if (event instanceof WalEvent.Rows rows) {
      all.put(rows.envelope().channel() + "/" + rows.envelope().position().id(), rows.event());
    }
  }
}
