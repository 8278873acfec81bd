package io.milvus.cdc.sources.milvus;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.ByteString;
import com.google.protobuf.Message;
import io.milvus.cdc.catalog.Catalog;
import io.milvus.cdc.catalog.CollectionEntry;
import io.milvus.cdc.catalog.DatabaseEntry;
import io.milvus.cdc.catalog.Naming;
import io.milvus.cdc.catalog.PartitionEntry;
import io.milvus.cdc.proto.meta.CollectionInfo;
import io.milvus.cdc.proto.meta.CollectionState;
import io.milvus.cdc.proto.meta.DatabaseInfo;
import io.milvus.cdc.proto.meta.DatabaseState;
import io.milvus.cdc.proto.meta.PartitionInfo;
import io.milvus.cdc.proto.meta.PartitionState;
import io.milvus.cdc.testkit.Seeded;
import io.milvus.grpc.CollectionSchema;
import io.milvus.grpc.DataType;
import io.milvus.grpc.FieldSchema;
import io.milvus.grpc.KeyValuePair;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

class CatalogStateTest {
  private static final ByteString TOMBSTONE = ByteString.fromHex("e29bbc");
  private final CatalogState state = new CatalogState();

  private void put(String key, Message value) {
    state.apply(key, value.toByteString());
  }

  /** Both keys of one transaction. */
  private void write(String key, ByteString value, long at) {
    state.apply(key, value);
    state.apply("snapshots/" + key + "_ts" + at, value);
  }

  private static ByteString collection(long id, CollectionState is) {
    return CollectionInfo.newBuilder()
        .setId(id)
        .setDatabaseId(1)
        .setSchema(CollectionSchema.newBuilder().setName("c" + id))
        .setCreateTime(100)
        .addVirtualChannelNames("dml_0_" + id + "v0")
        .setState(is)
        .build()
        .toByteString();
  }

  private static ByteString partition(long collection, long id, PartitionState is) {
    return PartitionInfo.newBuilder()
        .setId(id)
        .setName("p" + id)
        .setCollectionId(collection)
        .setCreateTime(100 + id)
        .setState(is)
        .build()
        .toByteString();
  }

  private void create(long id) {
    write(keyOf(id), collection(id, CollectionState.COLLECTION_STATE_CREATED), 100);
  }

  private static String keyOf(long id) {
    return "root-coord/database/collection-info/1/" + id;
  }

  private static FieldSchema field(long id, String name) {
    return FieldSchema.newBuilder()
        .setFieldID(id)
        .setName(name)
        .setDataType(DataType.Int64)
        .setIsPrimaryKey(id == 100)
        .build();
  }

  private CollectionEntry entry(long id) {
    return state.catalog().collections().get(id);
  }

  @Test
  void aCollectionThatIsBeingMadeIsNotShown() {
    write(keyOf(1), collection(1, CollectionState.COLLECTION_STATE_CREATING), 100);
    assertThat(entry(1)).isNull();
    create(1);

    assertThat(entry(1).dropped()).isFalse();
    assertThat(entry(1).name()).isEqualTo("c1");
  }

  @Test
  void aCreationThatWasGivenUpIsNeverShown() {
    write(keyOf(1), collection(1, CollectionState.COLLECTION_STATE_CREATING), 100);
    write(keyOf(1), TOMBSTONE, 110);

    assertThat(state.catalog().collections()).isEmpty();
  }

  @Test
  void aCollectionIsDroppedWhenEtcdSaysDropping() {
    create(1);
    write(keyOf(1), collection(1, CollectionState.COLLECTION_STATE_DROPPING), 200);

    assertThat(entry(1).droppedAt()).isEqualTo(200);
    assertThat(entry(1).name()).isEqualTo("c1");
  }

  @Test
  void whatFollowsADropDoesNotMoveIt() {
    create(1);
    write(keyOf(1), collection(1, CollectionState.COLLECTION_STATE_DROPPING), 200);
    write(keyOf(1), TOMBSTONE, 300);
    state.apply(keyOf(1), null);
    state.apply("snapshots/" + keyOf(1) + "_ts300", null);
    state.apply("snapshots/" + keyOf(1) + "_ts200", null);

    assertThat(entry(1).droppedAt()).isEqualTo(200);
  }

  @Test
  void aTombstoneAloneIsADropAtItsTime() {
    create(1);
    write(keyOf(1), TOMBSTONE, 250);

    assertThat(entry(1).droppedAt()).isEqualTo(250);
  }

  @Test
  void aDeletedKeyIsADropOfLongAgo() {
    create(1);
    state.apply(keyOf(1), null);

    assertThat(entry(1).droppedAt()).isEqualTo(DatabaseEntry.LONG_AGO);
  }

  @Test
  void aHistoricalCopyThatIsCleanedUpIsNoDrop() {
    create(1);
    state.apply("snapshots/" + keyOf(1) + "_ts100", null);

    assertThat(entry(1).dropped()).isFalse();
  }

  @Test
  void theOrderOfATransactionsKeysDoesNotMatter() {
    ByteString dropping = collection(1, CollectionState.COLLECTION_STATE_DROPPING);
    Seeded.times(
        30,
        random -> {
          CatalogState any = new CatalogState();
          any.apply(keyOf(1), collection(1, CollectionState.COLLECTION_STATE_CREATED));
          List<Runnable> changes =
              new ArrayList<>(
                  List.of(
                      () -> any.apply(keyOf(1), dropping),
                      () -> any.apply("snapshots/" + keyOf(1) + "_ts200", dropping),
                      () -> any.apply("snapshots/" + keyOf(1) + "_ts300", TOMBSTONE)));
          Collections.shuffle(changes, new Random(random.nextLong()));
          changes.forEach(Runnable::run);

          assertThat(any.catalog().collections().get(1L).droppedAt()).isEqualTo(200);
        });
  }

  private static ByteString named(long database, long id, String name) {
    return CollectionInfo.newBuilder()
        .setId(id)
        .setDatabaseId(database)
        .setSchema(CollectionSchema.newBuilder().setName(name))
        .setCreateTime(100)
        .addVirtualChannelNames("dml_0_" + id + "v0")
        .setState(CollectionState.COLLECTION_STATE_CREATED)
        .build()
        .toByteString();
  }

  private static String keyIn(long database, long id) {
    return "root-coord/database/collection-info/" + database + "/" + id;
  }

  @Test
  void theNamesOfACollectionAreKnownWithTheirTimes() {
    create(1);
    write(keyOf(1), named(1, 1, "second"), 200);
    write(keyOf(1), named(1, 1, "third"), 300);

    assertThat(entry(1).name()).isEqualTo("third");
    assertThat(entry(1).names())
        .containsExactly(
            new Naming(100, 1, "c1"), new Naming(200, 1, "second"), new Naming(300, 1, "third"));
  }

  @Test
  void aCollectionThatMovesToAnotherDatabaseIsNotDroppedInWhateverOrderItsKeysCome() {
    Seeded.times(
        30,
        random -> {
          CatalogState any = new CatalogState();
          any.apply(keyIn(1, 5), named(1, 5, "c"));
          any.apply("snapshots/" + keyIn(1, 5) + "_ts100", named(1, 5, "c"));
          List<Runnable> keys =
              new ArrayList<>(
                  List.of(
                      () -> any.apply(keyIn(7, 5), named(7, 5, "c")),
                      () -> any.apply("snapshots/" + keyIn(7, 5) + "_ts200", named(7, 5, "c")),
                      () -> any.apply(keyIn(1, 5), TOMBSTONE),
                      () -> any.apply("snapshots/" + keyIn(1, 5) + "_ts200", TOMBSTONE)));
          Collections.shuffle(keys, new Random(random.nextLong()));
          keys.forEach(Runnable::run);

          CollectionEntry moved = any.catalog().collections().get(5L);
          assertThat(moved.dropped()).isFalse();
          assertThat(moved.databaseId()).isEqualTo(7);
          assertThat(moved.names())
              .containsExactly(new Naming(100, 1, "c"), new Naming(200, 7, "c"));
        });
  }

  @Test
  void aCollectionThatMovedAwayAndBackIsDroppedAtItsDrop() {
    write(keyIn(1, 5), named(1, 5, "c"), 100);
    write(keyIn(7, 5), named(7, 5, "c"), 200);
    write(keyIn(1, 5), TOMBSTONE, 200);
    write(keyIn(1, 5), named(1, 5, "c"), 300);
    write(keyIn(7, 5), TOMBSTONE, 300);
    assertThat(entry(5).dropped()).isFalse();
    write(keyIn(1, 5), collection(5, CollectionState.COLLECTION_STATE_DROPPING), 400);
    write(keyIn(1, 5), TOMBSTONE, 500);

    assertThat(entry(5).droppedAt()).isEqualTo(400);
    assertThat(entry(5).names().stream().map(Naming::databaseId)).startsWith(1L, 7L, 1L);
  }

  @Test
  void theNameIsKnownWhereItsHistoryIsNot() {
    state.apply(keyOf(1), named(1, 1, "now"));

    assertThat(entry(1).names()).containsExactly(new Naming(100, 1, "now"));
  }

  @Test
  void aDroppedDatabaseIsKnownByItsHistory() {
    String key = "root-coord/database/db-info/7";
    ByteString info =
        DatabaseInfo.newBuilder()
            .setId(7)
            .setName("shop")
            .setState(DatabaseState.DATABASE_STATE_CREATED)
            .build()
            .toByteString();
    state.apply(key, TOMBSTONE);
    state.apply("snapshots/" + key + "_ts400", info);
    state.apply("snapshots/" + key + "_ts500", TOMBSTONE);

    assertThat(state.catalog().databases())
        .containsEntry(7L, new DatabaseEntry(7, "shop", 400, 500));
  }

  @Test
  void fieldsComeInTheOrderOfTheirIds() throws Exception {
    put("root-coord/fields/1/101", field(101, "b"));
    put("root-coord/fields/1/1000", field(1000, "z"));
    put("root-coord/fields/1/100", field(100, "a"));
    put("root-coord/fields/1/0", field(0, "RowID"));
    put("root-coord/fields/1/1", field(1, "Timestamp"));
    create(1);

    CollectionSchema schema =
        CollectionSchema.parseFrom(
            java.util.Base64.getDecoder().decode(entry(1).schema().encoded()));
    assertThat(schema.getFieldsList())
        .extracting(FieldSchema::getName)
        .containsExactly("a", "b", "z");
    assertThat(entry(1).schema().primaryKeyField()).isEqualTo(100);
    assertThat(entry(1).schema().partitionKey()).isFalse();
  }

  @Test
  void fieldsAreKeptForTheRowsBeforeADrop() {
    put("root-coord/fields/1/100", field(100, "a"));
    create(1);
    String before = entry(1).schema().encoded();
    write("root-coord/fields/1/100", TOMBSTONE, 200);
    write(keyOf(1), collection(1, CollectionState.COLLECTION_STATE_DROPPING), 200);

    assertThat(entry(1).schema().encoded()).isEqualTo(before);
  }

  @Test
  void aPartitionKeyIsNoticed() {
    put(
        "root-coord/fields/1/101",
        FieldSchema.newBuilder().setFieldID(101).setName("k").setIsPartitionKey(true).build());
    create(1);

    assertThat(entry(1).schema().partitionKey()).isTrue();
  }

  @Test
  void partitionsComeAndGoAtTheirTimes() {
    create(1);
    String key = "root-coord/partitions/1/10";
    write(key, partition(1, 10, PartitionState.PARTITION_STATE_CREATING), 110);
    assertThat(entry(1).partitions()).isEmpty();
    write(key, partition(1, 10, PartitionState.PARTITION_STATE_CREATED), 110);
    assertThat(entry(1).partitions()).containsEntry(10L, new PartitionEntry(10, "p10", 110, 0));
    write(key, partition(1, 10, PartitionState.PARTITION_STATE_DROPPING), 220);
    write(key, TOMBSTONE, 230);
    assertThat(entry(1).partitions()).containsEntry(10L, new PartitionEntry(10, "p10", 110, 220));
  }

  @Test
  void databasesAreBornAndDroppedAtTheirHistoricalCopiesTimes() {
    String key = "root-coord/database/db-info/7";
    ByteString info =
        DatabaseInfo.newBuilder()
            .setId(7)
            .setName("shop")
            .setState(DatabaseState.DATABASE_STATE_CREATED)
            .setCreateTime(1_795_447_030_530_583_912L)
            .build()
            .toByteString();
    write(key, info, 400);
    assertThat(state.catalog().databases()).containsEntry(7L, new DatabaseEntry(7, "shop", 400, 0));
    write(key, TOMBSTONE, 500);

    assertThat(state.catalog().databases())
        .containsEntry(7L, new DatabaseEntry(7, "shop", 400, 500));
  }

  @Test
  void aCollectionWithoutADatabaseBelongsToTheDefaultOne() {
    put(
        "root-coord/database/collection-info/0/1",
        CollectionInfo.newBuilder().setId(1).setCreateTime(100).build());

    assertThat(entry(1).databaseId()).isEqualTo(DatabaseEntry.DEFAULT_ID);
  }

  @Test
  void theCatalogIsTheSameInstanceUntilSomethingChanges() {
    create(1);
    Catalog before = state.catalog();
    state.apply("root-coord/timestamp", TOMBSTONE);
    assertThat(state.catalog()).isSameAs(before);
    create(2);

    assertThat(state.catalog()).isNotSameAs(before);
    assertThat(before.collections()).containsOnlyKeys(1L);
  }

  @Test
  void aValueThatIsNoneOfMilvussIsNamedAndStopsNoOtherCollection() {
    state.apply(keyOf(1), ByteString.fromHex("ffffff"));
    create(2);
    assertThat(state.catalog().collections()).containsOnlyKeys(2L);
    assertThat(state.unreadable())
        .singleElement()
        .asString()
        .contains(keyOf(1))
        .contains("is not replicated");
    create(1);
    assertThat(state.catalog().collections()).containsOnlyKeys(1L, 2L);
    assertThat(state.unreadable()).isEmpty();
  }

  @Test
  void keysWithoutTheirCollectionStopNoOther() {
    state.apply(
        "root-coord/fields/77/100",
        FieldSchema.newBuilder().setFieldID(100).build().toByteString());
    state.apply(
        "root-coord/partitions/77/78", PartitionInfo.newBuilder().setId(78).build().toByteString());
    state.apply("snapshots/root-coord/database/aliases/1/a_tsx", TOMBSTONE);
    state.apply("field-index/77/79", ByteString.EMPTY);
    state.apply("querycoord-collection-loadinfo/77", ByteString.EMPTY);
    state.apply("querycoord-partition-loadinfo/77/78", ByteString.EMPTY);
    create(2);
    assertThat(state.catalog().collections()).containsOnlyKeys(2L);
    assertThat(state.unreadable()).singleElement().asString().contains("a_tsx");
  }

  @Test
  void ofAPropertyThatIsThereTwiceTheLastCounts() {
    CollectionInfo twice =
        CollectionInfo.newBuilder()
            .setId(1)
            .setState(CollectionState.COLLECTION_STATE_CREATED)
            .addProperties(KeyValuePair.newBuilder().setKey("collection.ttl.seconds").setValue("1"))
            .addProperties(KeyValuePair.newBuilder().setKey("collection.ttl.seconds").setValue("2"))
            .build();
    state.apply(keyOf(1), twice.toByteString());
    assertThat(state.catalog().collections().get(1L).properties())
        .containsExactlyEntriesOf(Map.of("collection.ttl.seconds", "2"));
  }
}
