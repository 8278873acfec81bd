package io.milvus.cdc.targets.milvus;

import static io.milvus.cdc.targets.milvus.OneStandby.BOOKS;
import static io.milvus.cdc.targets.milvus.OneStandby.T;
import static io.milvus.cdc.targets.milvus.OneStandby.insert;
import static io.milvus.cdc.testkit.Entries.DEFAULT;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.milvus.cdc.catalog.CollectionEntry;
import io.milvus.cdc.catalog.DatabaseEntry;
import io.milvus.cdc.catalog.Naming;
import io.milvus.cdc.catalog.PartitionEntry;
import io.milvus.cdc.error.RetriableException;
import io.milvus.cdc.error.TargetException;
import io.milvus.cdc.event.SchemaEvent;
import io.milvus.cdc.testkit.Entries;
import io.milvus.cdc.testkit.FakeCatalog;
import io.milvus.cdc.testkit.Fault;
import io.milvus.cdc.testkit.Golden;
import io.milvus.grpc.CollectionSchema;
import io.milvus.grpc.ConsistencyLevel;
import io.milvus.grpc.DataType;
import io.milvus.grpc.FieldSchema;
import io.milvus.grpc.FunctionSchema;
import io.milvus.grpc.MsgType;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class SchemaChangesTest {
  private static final PartitionEntry NEW = new PartitionEntry(11, "2024", T + 10, 0);
  private final OneStandby standby = new OneStandby();

  @AfterEach
  void end() {
    assertThat(standby.milvus.rows().violations()).isEmpty();
    standby.close();
  }

  private FakeCatalog.Made made() {
    return standby.milvus.catalog().get("default", "books");
  }

  private void apply(SchemaEvent event) throws InterruptedException {
    standby.session.apply(event);
  }

  private void reopen() throws Exception {
    standby.open(new StandbyClocks(), standby.session.sessionState(), T);
    standby.session.bind(DEFAULT, BOOKS);
  }

  @Test
  void aCollectionIsMadeAsItIsOnTheSource() throws Exception {
    CollectionEntry rich =
        CollectionEntry.builder(1, 1, "books", T, BOOKS.schema())
            .shards(BOOKS.shards())
            .consistency("Eventually")
            .properties(Map.of("collection.ttl.seconds", "3600"))
            .partitions(BOOKS.partitions())
            .build();
    standby.create(rich);

    var request = made().request();
    assertThat(made().createdAt()).isEqualTo(T);
    assertThat(request.getBase().getReplicateInfo().getIsReplicate()).isTrue();
    assertThat(request.getShardsNum()).isEqualTo(2);
    assertThat(request.getConsistencyLevel()).isEqualTo(ConsistencyLevel.Eventually);
    assertThat(request.getProperties(0).getKey()).isEqualTo("collection.ttl.seconds");
    assertThat(request.getNumPartitions()).isZero();
    assertThat(made().schema()).isEqualTo(Entries.milvusSchema("books"));
  }

  /** A schema as Milvus 2.5 wrote it: functions, nulls, defaults and keys of all kinds. */
  private static CollectionSchema schemaOf25() throws Exception {
    Golden golden = Golden.of("milvus-2.5.txt");
    CollectionSchema.Builder schema =
        CollectionSchema.newBuilder().setName("books").setEnableDynamicField(true);
    for (int field = 100; field <= 108; field++) {
      schema.addFields(
          FieldSchema.parseFrom(golden.value("by-dev/meta/root-coord/fields/2001/" + field)));
    }
    return schema
        .addFunctions(
            FunctionSchema.parseFrom(golden.value("by-dev/meta/root-coord/functions/2001/100")))
        .build();
  }

  @Test
  void aSchemaOf25ArrivesUnchanged() throws Exception {
    standby.create(Entries.with(BOOKS, Entries.encoded(schemaOf25(), true)));

    assertThat(made().schema()).isEqualTo(schemaOf25());
  }

  @Test
  void functionsAndNullsThatTheTargetLacksAreDifferences() throws Exception {
    CollectionSchema.Builder plain = schemaOf25().toBuilder().clearFunctions();
    plain.getFieldsBuilder(5).setNullable(false);
    standby.create(Entries.with(BOOKS, Entries.encoded(plain.build(), true)));

    assertThatThrownBy(
            () -> standby.create(Entries.with(BOOKS, Entries.encoded(schemaOf25(), true))))
        .isInstanceOf(TargetException.class)
        .hasMessageContaining("nullable of field price")
        .hasMessageContaining("bm25=BM25 of [text] into [sparse]");
  }

  @Test
  void aCreationIsFollowedByATickOnItsChannels() throws Exception {
    standby.milvus.forgetCalls();
    standby.create(BOOKS);

    List<String> calls = standby.milvus.calls();
    assertThat(calls.subList(0, 4))
        .containsExactly(
            "DescribeCollection", "CreateCollection", "DescribeCollection", "ShowPartitions");
    assertThat(calls.subList(4, 6)).allMatch(call -> call.endsWith("[TimeTick]"));
    assertThat(standby.milvus.rows().ticks().values()).containsOnly(T);
  }

  @Test
  void aPartitionKeyCollectionGetsAsManyPartitions() throws Exception {
    CollectionSchema keyed = Entries.milvusSchema("books");
    CollectionEntry collection =
        Entries.with(BOOKS, Entries.encoded(keyed, true))
            .withPartitions(
                Map.of(
                    10L, new PartitionEntry(10, "_default_0", T, 0),
                    11L, new PartitionEntry(11, "_default_1", T, 0),
                    12L, new PartitionEntry(12, "_default_2", T, 0)));
    standby.create(collection);

    assertThat(made().request().getNumPartitions()).isEqualTo(3);
    assertThat(made().partitions()).containsOnlyKeys("_default_0", "_default_1", "_default_2");
  }

  @Test
  void anEqualCollectionIsAdopted() throws Exception {
    standby.milvus.catalog().put("default", "books", Entries.milvusSchema("books"), 2);
    standby.create(BOOKS);
    standby.send(insert(BOOKS, 0, T + 5, 1L));

    assertThat(standby.milvus.calls()).doesNotContain("CreateCollection");
    assertThat(standby.inserts().get(0).getCollectionID()).isEqualTo(made().id());
  }

  @Test
  void aDifferentCollectionIsRefusedAndEveryDifferenceNamed() {
    CollectionSchema.Builder other = Entries.milvusSchema("books").toBuilder();
    other.setEnableDynamicField(true).getFieldsBuilder(0).setDataType(DataType.VarChar);
    other.getFieldsBuilder(1).getTypeParamsBuilder(0).setValue("768");
    other.addFields(FieldSchema.newBuilder().setName("extra").setFieldID(102));
    standby.milvus.catalog().put("default", "books", other.build(), 2);

    assertThatThrownBy(() -> standby.create(BOOKS))
        .isInstanceOf(TargetException.class)
        .hasMessageContaining("default.books")
        .hasMessageContaining("dynamic field")
        .hasMessageContaining("type of field id is Int64 on the source and VarChar on the target")
        .hasMessageContaining("parameters of field vec")
        .hasMessageContaining("768")
        .hasMessageContaining("field extra is only on the target");
  }

  @Test
  void aCollectionWithOtherShardsIsRefused() {
    standby.milvus.catalog().put("default", "books", Entries.milvusSchema("books"), 1);

    assertThatThrownBy(() -> standby.create(BOOKS))
        .isInstanceOf(TargetException.class)
        .hasMessageContaining("1 shards on the target and 2");
  }

  @Test
  void aCreationThatFailedHalfwayIsFinishedTheNextTime() throws Exception {
    standby.milvus.fail("CreateCollection", Fault.cutAfter());
    assertThatThrownBy(() -> standby.create(BOOKS)).isInstanceOf(RetriableException.class);
    reopen();
    standby.create(BOOKS);

    assertThat(standby.milvus.catalog().collections()).hasSize(1);
    assertThat(standby.milvus.rows().ticks()).hasSize(2);
  }

  @Test
  void aDropIsAnnouncedOnEachChannelAndTickedBeforeItIsCalled() throws Exception {
    standby.create(BOOKS);
    List<String> channels = List.of(standby.channel(0), standby.channel(1));
    long id = made().id();
    standby.milvus.forgetCalls();
    apply(new SchemaEvent.DropCollection(T + 20, DEFAULT, BOOKS));

    List<String> calls = standby.milvus.calls();
    assertThat(calls.subList(0, 2)).allMatch(call -> call.endsWith("[DropCollection]"));
    assertThat(calls.subList(2, 4)).allMatch(call -> call.endsWith("[TimeTick]"));
    assertThat(calls.subList(4, 5)).containsExactly("DropCollection");
    for (String channel : channels) {
      assertThat(standby.stamps(channel, MsgType.DropCollection)).containsExactly(T + 20);
      assertThat(standby.stamps(channel, MsgType.TimeTick)).containsExactly(T + 20);
      var message =
          milvus.proto.msg.Msg.DropCollectionRequest.parseFrom(standby.sent(channel).get(0));
      assertThat(message.getCollectionID()).isEqualTo(id);
    }
    assertThat(standby.milvus.catalog().collections()).isEmpty();
  }

  @Test
  void channelsOfADroppedCollectionAreStillTicked() throws Exception {
    standby.create(BOOKS);
    apply(new SchemaEvent.DropCollection(T + 20, DEFAULT, BOOKS));
    standby.session.advance(T + 30);

    assertThat(standby.milvus.rows().ticks().values()).containsOnly(T + 30);
  }

  @Test
  void droppingAgainAfterACrashIsHarmless() throws Exception {
    standby.create(BOOKS);
    String sessionState = standby.session.sessionState();
    standby.milvus.fail("DropCollection", Fault.cutAfter());
    SchemaEvent drop = new SchemaEvent.DropCollection(T + 20, DEFAULT, BOOKS);
    assertThatThrownBy(() -> apply(drop)).isInstanceOf(RetriableException.class);
    standby.open(new StandbyClocks(), sessionState, T + 20);

    assertThat(standby.session.bind(DEFAULT, BOOKS)).isFalse();
    apply(drop);
  }

  @Test
  void aDropThatWasCutOffBeforeItWasDoneIsDoneTheNextTime() throws Exception {
    standby.create(BOOKS);
    standby.milvus.fail("DropCollection", Fault.cutBefore());
    SchemaEvent drop = new SchemaEvent.DropCollection(T + 20, DEFAULT, BOOKS);
    assertThatThrownBy(() -> apply(drop)).isInstanceOf(RetriableException.class);
    standby.open(new StandbyClocks(), standby.session.sessionState(), T + 30);
    standby.session.bind(DEFAULT, BOOKS);
    apply(drop);

    assertThat(standby.milvus.catalog().collections()).isEmpty();
  }

  private static final DatabaseEntry SHOP = new DatabaseEntry(7, "shop", T, 0);

  private static SchemaEvent.RenameCollection toTheShop() {
    return new SchemaEvent.RenameCollection(
        T + 20, DEFAULT, SHOP, BOOKS, new Naming(T + 20, SHOP.id(), "tomes"));
  }

  @Test
  void aRenamedCollectionKeepsItsIdAndTakesRowsAndPartitions() throws Exception {
    standby.create(BOOKS);
    long id = made().id();
    apply(new SchemaEvent.CreateDatabase(T, SHOP));
    apply(toTheShop());
    apply(new SchemaEvent.CreatePartition(T + 30, SHOP, BOOKS, NEW));
    standby.send(insert(BOOKS, 0, T + 40, 1L));

    assertThat(standby.milvus.catalog().collections()).containsOnlyKeys("shop.tomes");
    assertThat(standby.milvus.catalog().get("shop", "tomes").id()).isEqualTo(id);
    assertThat(standby.milvus.catalog().get("shop", "tomes").partitions()).containsKey("2024");
    assertThat(standby.inserts().get(0).getCollectionID()).isEqualTo(id);
    assertThat(standby.inserts().get(0).getCollectionName()).isEqualTo("tomes");
  }

  @Test
  void renamingAgainAfterACrashIsHarmless() throws Exception {
    standby.create(BOOKS);
    apply(new SchemaEvent.CreateDatabase(T, SHOP));
    standby.milvus.fail("RenameCollection", Fault.cutAfter());
    assertThatThrownBy(() -> apply(toTheShop())).isInstanceOf(RetriableException.class);
    apply(toTheShop());
    standby.open(new StandbyClocks(), standby.session.sessionState(), T + 20);

    assertThat(standby.session.bind(SHOP, BOOKS.renamed(toTheShop().naming()))).isTrue();
    assertThat(standby.session.bind(DEFAULT, BOOKS)).isFalse();
  }

  @Test
  void aNameThatIsAnothersOnTheTargetIsRefusedAndBothAreNamed() throws Exception {
    standby.create(BOOKS);
    standby.milvus.catalog().put("shop", "tomes", Entries.milvusSchema("tomes"), 1);

    assertThatThrownBy(() -> apply(toTheShop()))
        .isInstanceOf(TargetException.class)
        .hasMessageContaining("default.books")
        .hasMessageContaining("shop.tomes");
  }

  @Test
  void aNewPartitionTakesRows() throws Exception {
    standby.create(BOOKS);
    apply(new SchemaEvent.CreatePartition(T + 10, DEFAULT, BOOKS, NEW));
    apply(new SchemaEvent.CreatePartition(T + 10, DEFAULT, BOOKS, NEW));

    assertThat(made().partitions()).containsOnlyKeys("_default", "2024");
  }

  @Test
  void aLoadedPartitionIsReleasedAndDropped() throws Exception {
    standby.create(BOOKS);
    apply(new SchemaEvent.CreatePartition(T + 10, DEFAULT, BOOKS, NEW));
    standby.milvus.catalog().load("default", "books", "2024");
    long id = made().partitions().get("2024");
    standby.milvus.forgetCalls();
    apply(new SchemaEvent.DropPartition(T + 20, DEFAULT, BOOKS.with(NEW), NEW));

    assertThat(made().partitions()).containsOnlyKeys("_default");
    assertThat(standby.milvus.calls())
        .endsWith("DropPartition", "ReleasePartitions", "DropPartition")
        .hasSize(7);
    var message =
        milvus.proto.msg.Msg.DropPartitionRequest.parseFrom(
            standby.sent(standby.channel(0)).get(0));
    assertThat(message.getPartitionID()).isEqualTo(id);
    assertThat(message.getCollectionID()).isEqualTo(made().id());
  }

  @Test
  void aPartitionThatIsGoneAlreadyIsNotDroppedAgain() throws Exception {
    standby.create(BOOKS);
    standby.milvus.forgetCalls();
    apply(new SchemaEvent.DropPartition(T + 20, DEFAULT, BOOKS.with(NEW), NEW));

    assertThat(standby.milvus.calls()).isEmpty();
  }

  @Test
  void databasesComeAndGoAndTwiceIsNoError() throws Exception {
    DatabaseEntry shop = new DatabaseEntry(7, "shop", T, 0);
    apply(new SchemaEvent.CreateDatabase(T, shop));
    apply(new SchemaEvent.CreateDatabase(T, shop));
    apply(new SchemaEvent.CreateCollection(T, shop, BOOKS));
    assertThat(standby.milvus.catalog().collections()).containsOnlyKeys("shop.books");

    apply(new SchemaEvent.DropCollection(T + 1, shop, BOOKS));
    apply(new SchemaEvent.DropDatabase(T + 2, shop));
    apply(new SchemaEvent.DropDatabase(T + 2, shop));
    assertThat(standby.milvus.catalog().databaseNames()).containsExactly("default");
  }

  @Test
  void aChangeThatIsRefusedSaysWhatAndWhy() {
    standby.milvus.fail("CreateCollection", Fault.code(65535, "quota exceeded"));

    assertThatThrownBy(() -> standby.create(BOOKS))
        .isInstanceOf(RetriableException.class)
        .hasMessageContaining("create collection default.books")
        .hasMessageContaining("quota exceeded");
  }

  @Test
  void aCollectionOfLongAgoCanStillBeMade() throws Exception {
    CollectionEntry old = Entries.collection(1, "books", 1, "s-dml_0");
    standby.create(old);

    assertThat(made().createdAt()).isPositive();
  }
}
