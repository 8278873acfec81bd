package io.milvus.cdc.internal.wal;

import static org.assertj.core.api.Assertions.assertThat;

import io.milvus.cdc.catalog.Access;
import io.milvus.cdc.catalog.AccessEntry;
import io.milvus.cdc.catalog.AccessName;
import io.milvus.cdc.catalog.AliasEntry;
import io.milvus.cdc.catalog.AliasName;
import io.milvus.cdc.catalog.Catalog;
import io.milvus.cdc.catalog.CollectionEntry;
import io.milvus.cdc.catalog.CollectionSchema;
import io.milvus.cdc.catalog.DatabaseEntry;
import io.milvus.cdc.catalog.Grant;
import io.milvus.cdc.catalog.IndexEntry;
import io.milvus.cdc.catalog.Load;
import io.milvus.cdc.catalog.Naming;
import io.milvus.cdc.catalog.PartitionEntry;
import io.milvus.cdc.catalog.Serving;
import io.milvus.cdc.internal.decode.UserSchema;
import io.milvus.cdc.testkit.WalRecording;
import io.milvus.grpc.DataType;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class WalCatalogTest {
  private static final long DOCS = 7;
  private static final String SHARD = "by-dev-rootcoord-dml_1_7v0";
  private static final String CONTROL = "by-dev-rootcoord-dml_0_vcchan";

  private final WalCatalog catalog = new WalCatalog(FirstLook.NONE);

  private static WalEvent.Change at(long tick, String shard, WalChange change) {
    return new WalEvent.Change(
        new WalEnvelope(
            "by-dev-rootcoord-dml_0",
            0,
            WalPosition.of("Kafka", "1", "0", tick),
            shard,
            null,
            null,
            false,
            false),
        change);
  }

  private static void apply(WalCatalog to, long tick, WalChange... changes) {
    for (WalChange change : changes) {
      to.apply(at(tick, CONTROL, change));
    }
  }

  private void apply(long tick, WalChange... changes) {
    apply(catalog, tick, changes);
  }

  private CollectionEntry docs() {
    return catalog.catalog().collections().get(DOCS);
  }

  private static CollectionSchema schema(int version, String... fields) {
    var schema = io.milvus.grpc.CollectionSchema.newBuilder().setName("docs").setVersion(version);
    long id = 100;
    for (String field : fields) {
      schema
          .addFieldsBuilder()
          .setName(field)
          .setFieldID(id)
          .setDataType(DataType.Int64)
          .setIsPrimaryKey(id == 100);
      id++;
    }
    return UserSchema.of(schema.build());
  }

  private static CollectionChange create() {
    return new CollectionChange.Create(
        DOCS,
        1,
        "default",
        "docs",
        schema(0, "id", "v"),
        "Strong",
        Map.of("timezone", "UTC"),
        List.of(SHARD),
        Map.of(8L, "_default"));
  }

  private static CollectionChange rename(
      @Nullable String name, CollectionChange.@Nullable Place to) {
    return new CollectionChange.Alter(DOCS, to, name, null, null, null, null, null, Set.of());
  }

  private static CollectionChange alter(CollectionSchema schema) {
    return new CollectionChange.Alter(DOCS, null, null, null, schema, null, null, null, Set.of());
  }

  @Test
  void aCollectionExistsFromItsFirstCopyOnAndIsAsOldAsTheControlChannelSays() {
    catalog.apply(at(100, SHARD, create()));
    assertThat(docs().createdAt()).isEqualTo(100);
    assertThat(docs().consistency()).isEqualTo("Strong");
    assertThat(catalog.catalog().databases().get(1L).name()).isEqualTo("default");

    catalog.apply(at(102, CONTROL, create()));
    catalog.apply(at(103, "by-dev-rootcoord-dml_2_7v1", create()));

    assertThat(docs().createdAt()).isEqualTo(102);
    assertThat(docs().names()).containsExactly(new Naming(102, 1, "docs"));
    assertThat(docs().partitions()).containsValue(new PartitionEntry(8, "_default", 102, 0));
  }

  @Test
  void aDropIsAsLateAsItsLastCopy() {
    apply(100, create());
    catalog.apply(at(202, SHARD, new CollectionChange.Drop(DOCS)));
    catalog.apply(at(201, CONTROL, new CollectionChange.Drop(DOCS)));

    assertThat(docs().droppedAt()).isEqualTo(202);
  }

  @Test
  void aDroppedCollectionStaysDroppedWhateverIsReadAgain() {
    apply(100, create());
    apply(200, new CollectionChange.Drop(DOCS));

    apply(100, create());
    apply(
        150,
        new CollectionChange.CreatePartition(DOCS, 9, "p"),
        rename("other", null),
        new ServingChange.Load(DOCS, Set.of(8L), Set.of(), 1));

    assertThat(docs().dropped()).isTrue();
    assertThat(docs().partitions()).containsOnlyKeys(8L);
    assertThat(catalog.catalog().servings()).isEmpty();
  }

  @Test
  void aDropEndsIndexesAndLoads() {
    apply(100, create());
    apply(
        101,
        new ServingChange.SetIndexes(
            DOCS, List.of(new ServingChange.Index(5, "i", 101, Map.of("index_type", "FLAT")))));
    apply(102, new ServingChange.Load(DOCS, Set.of(8L), Set.of(101L), 2));
    assertThat(catalog.catalog().serving(DOCS))
        .isEqualTo(
            new Serving(
                List.of(new IndexEntry("i", "v", Map.of("index_type", "FLAT"))),
                new Load(true, Set.of(8L), 2)));

    apply(103, new CollectionChange.Drop(DOCS));

    assertThat(catalog.catalog().servings()).isEmpty();
  }

  @Test
  void changesOfAnUnknownCollectionAreLeftOut() {
    Catalog before = catalog.catalog();

    apply(
        100,
        new CollectionChange.Drop(DOCS),
        new CollectionChange.CreatePartition(DOCS, 9, "p"),
        rename("other", null),
        new ServingChange.Release(DOCS),
        new CollectionChange.Truncate(DOCS),
        new UnsentRows.FlushAll(),
        new ClusterChange.DropResourceGroup("rg"));

    assertThat(catalog.catalog()).isSameAs(before);
  }

  @Test
  void aRenameAppendsANameAndChangesTheSchemasName() throws Exception {
    apply(100, create());
    catalog.apply(at(201, SHARD, rename("papers", null)));
    catalog.apply(at(202, CONTROL, rename("papers", null)));
    apply(301, rename("books", new CollectionChange.Place(3, "shop")));

    assertThat(docs().names())
        .containsExactly(
            new Naming(100, 1, "docs"), new Naming(202, 1, "papers"), new Naming(301, 3, "books"));
    assertThat(docs().name()).isEqualTo("books");
    assertThat(docs().databaseId()).isEqualTo(3);
    assertThat(docs().schema())
        .isEqualTo(
            UserSchema.with(schema(0, "id", "v"), one -> one.setName("books").setDbName("shop")));
  }

  @Test
  void aSchemaIsReplacedAsAWholeButNeverByAnOlderOne() {
    apply(100, create());
    apply(200, alter(schema(2, "id", "v", "added", "more")));
    apply(201, alter(schema(1, "id", "v", "added")));

    assertThat(docs().schema()).isEqualTo(schema(2, "id", "v", "added", "more"));
  }

  @Test
  void valuesThatAreNotNamedStay() {
    apply(100, create());
    apply(
        200,
        new CollectionChange.Alter(
            DOCS,
            null,
            null,
            "about",
            null,
            "Eventually",
            Map.of("mmap.enabled", "true"),
            null,
            Set.of()));

    assertThat(docs().consistency()).isEqualTo("Eventually");
    assertThat(docs().properties()).isEqualTo(Map.of("mmap.enabled", "true"));
    assertThat(docs().name()).isEqualTo("docs");
    assertThat(docs().schema())
        .isEqualTo(UserSchema.with(schema(0, "id", "v"), one -> one.setDescription("about")));
  }

  @Test
  void aNewPartitionIsLoadedWithItsCollectionAndADroppedOneIsNot() {
    apply(100, create());
    apply(101, new ServingChange.Load(DOCS, Set.of(8L), Set.of(), 1));
    apply(102, new CollectionChange.CreatePartition(DOCS, 9, "p"));
    assertThat(catalog.catalog().serving(DOCS).load()).isEqualTo(new Load(true, Set.of(8L, 9L), 1));

    apply(103, new CollectionChange.DropPartition(DOCS, 9));
    assertThat(catalog.catalog().serving(DOCS).load()).isEqualTo(new Load(true, Set.of(8L), 1));
    assertThat(docs().partitions().get(9L)).isEqualTo(new PartitionEntry(9, "p", 102, 103));

    apply(104, new ServingChange.Load(DOCS, Set.of(), Set.of(), 1));
    assertThat(catalog.catalog().servings()).isEmpty();
  }

  @Test
  void propertiesChangeTheNumberOfCopies() {
    apply(100, create());
    apply(101, new ServingChange.Load(DOCS, Set.of(8L), Set.of(), 1));
    apply(
        102, new CollectionChange.Alter(DOCS, null, null, null, null, null, Map.of(), 3, Set.of()));
    assertThat(catalog.catalog().serving(DOCS).load().replicas()).isEqualTo(3);

    apply(103, new DatabaseChange.Alter(1, Map.of(), Set.of(DOCS), 2));
    assertThat(catalog.catalog().serving(DOCS).load().replicas()).isEqualTo(2);
  }

  @Test
  void indexesAreDroppedByIdOrAllAtOnce() {
    apply(100, create());
    apply(
        101,
        new ServingChange.SetIndexes(
            DOCS,
            List.of(
                new ServingChange.Index(6, "b", 101, Map.of()),
                new ServingChange.Index(5, "a", 100, Map.of()))));
    assertThat(catalog.catalog().serving(DOCS).indexes())
        .extracting(IndexEntry::name)
        .containsExactly("a", "b");

    apply(102, new ServingChange.DropIndexes(DOCS, Set.of(5L)));
    assertThat(catalog.catalog().serving(DOCS).indexes())
        .extracting(IndexEntry::name)
        .containsExactly("b");

    apply(103, new ServingChange.DropIndexes(DOCS, Set.of()));
    assertThat(catalog.catalog().servings()).isEmpty();
  }

  @Test
  void anIndexOfTheFirstLookIsDroppedByItsId() {
    apply(100, create());
    Catalog listed =
        new Catalog(
            catalog.catalog().databases(),
            catalog.catalog().collections(),
            Map.of(),
            Map.of(DOCS, new Serving(List.of(new IndexEntry("i", "v", Map.of())), Load.NONE)));
    WalCatalog after =
        new WalCatalog(new FirstLook(listed, 150, Map.of(5L, new FirstLook.IndexName(DOCS, "i"))));

    apply(after, 151, new ServingChange.DropIndexes(DOCS, Set.of(5L)));

    assertThat(after.catalog().servings()).isEmpty();
  }

  @Test
  void anAliasMovesAndEndsInTheOrderOfTheTicks() {
    AliasName alias = new AliasName(1, "a");
    apply(100, new AliasChange.Set(alias, 7));
    apply(200, new AliasChange.Set(alias, 9));
    apply(150, new AliasChange.Drop(alias));
    assertThat(catalog.catalog().aliases()).containsValue(new AliasEntry(alias, 9, 200, 0));

    apply(300, new AliasChange.Drop(alias));
    assertThat(catalog.catalog().aliases()).containsValue(new AliasEntry(alias, 9, 200, 300));

    apply(400, new AliasChange.Set(alias, 7));
    assertThat(catalog.catalog().aliases()).containsValue(new AliasEntry(alias, 7, 400, 0));
  }

  @Test
  void databasesAreCreatedAlteredAndDropped() {
    apply(100, new DatabaseChange.Create(3, "shop", Map.of("a", "1")));
    apply(200, new DatabaseChange.Alter(3, Map.of("b", "2"), Set.of(), 0));
    apply(150, new DatabaseChange.Alter(3, Map.of("c", "3"), Set.of(), 0));
    assertThat(catalog.catalog().databases().get(3L))
        .isEqualTo(new DatabaseEntry(3, "shop", 100, 0, Map.of("b", "2")));

    apply(300, new DatabaseChange.Drop(3));
    assertThat(catalog.catalog().databases().get(3L).droppedAt()).isEqualTo(300);
  }

  @Test
  void changesUpToTheFirstLookDoNotTouchWhatItLists() {
    apply(100, create());
    apply(200, rename("papers", null));
    WalCatalog again = new WalCatalog(catalog.look(200));

    apply(again, 150, rename("draft", null), alter(schema(0, "id")));
    assertThat(again.catalog()).isEqualTo(catalog.catalog());

    apply(again, 201, rename("books", null));
    assertThat(again.catalog().collections().get(DOCS).name()).isEqualTo("books");
  }

  /** The source answers slowly: a drop that it announced before is not in the list yet. */
  @Test
  void aDropThatTheFirstLookMissedStillCounts() {
    apply(100, create());
    WalCatalog again = new WalCatalog(catalog.look(300));

    apply(again, 250, new CollectionChange.Drop(DOCS));

    assertThat(again.catalog().collections().get(DOCS).droppedAt()).isEqualTo(250);
  }

  private static Catalog upTo(long tick) {
    WalCatalog catalog = new WalCatalog(FirstLook.NONE);
    for (WalMessage message : WalRecording.dumped("milvus-2.6.20-load-rbac-wal.jsonl.gz")) {
      if (WalRecording.tick(message) <= tick
          && new WalDecoder().decode(message) instanceof WalEvent.Change change) {
        catalog.apply(change);
      }
    }
    return catalog.catalog();
  }

  /** Returns the tick of a recorded message of a type, by its place among them, from 0. */
  private static long tick(WalType type, int which) {
    return WalRecording.dumped("milvus-2.6.20-load-rbac-wal.jsonl.gz").stream()
        .filter(message -> message.properties().get("_t").equals("" + type.number()))
        .skip(which)
        .mapToLong(WalRecording::tick)
        .findFirst()
        .orElseThrow();
  }

  @Test
  void recordedLoadsFollowEachOther() {
    long kinds = 470804286564205618L;
    long first = 470804286564205619L;
    long second = 470804369432118441L;

    assertThat(upTo(tick(WalType.ALTER_LOAD_CONFIG, 0)).serving(kinds).load())
        .isEqualTo(new Load(true, Set.of(first, second), 1));
    assertThat(upTo(tick(WalType.ALTER_LOAD_CONFIG, 1)).serving(kinds).load())
        .isEqualTo(new Load(true, Set.of(first), 1));
    assertThat(upTo(tick(WalType.DROP_LOAD_CONFIG, 0)).serving(kinds).load()).isEqualTo(Load.NONE);
    assertThat(upTo(tick(WalType.ALTER_LOAD_CONFIG, 2)).serving(kinds).load())
        .isEqualTo(new Load(true, Set.of(first, second), 1));
    assertThat(upTo(Long.MAX_VALUE).servings()).isEmpty();
  }

  @Test
  void recordedRightsAreGrantedAndRevoked() {
    AccessEntry.Role role = new AccessEntry.Role("r1", Set.of(grant("Search"), grant("Query")));
    AccessName name = role.name();

    assertThat(upTo(tick(WalType.ALTER_PRIVILEGE, 1)).access().entries()).containsEntry(name, role);
    assertThat(upTo(tick(WalType.DROP_PRIVILEGE, 0)).access().entries())
        .containsEntry(name, new AccessEntry.Role("r1", Set.of(grant("Query"))));
  }

  private static Grant grant(String privilege) {
    return new Grant("Collection", "default", "kinds", privilege);
  }

  @Test
  void aRestoredBackupAddsUsersRolesAndGrants() {
    Access access = upTo(Long.MAX_VALUE).access();

    assertThat(access.entries())
        .containsEntry(
            new AccessName(AccessName.Kind.ROLE, "restored_r1"),
            new AccessEntry.Role("restored_r1", Set.of(grant("Query"))));
    AccessEntry.User restored =
        (AccessEntry.User)
            access.entries().get(new AccessName(AccessName.Kind.USER, "restored_ulf"));
    AccessEntry.User ulf =
        (AccessEntry.User) access.entries().get(new AccessName(AccessName.Kind.USER, "ulf"));
    // The same hash was restored, so the password is the same.
    assertThat(restored.password()).hasSize(16).isEqualTo(ulf.password());
  }

  @Test
  void aDroppedRoleIsTakenFromItsUsers() {
    apply(1, new AccessChange.SetPassword("eva", "m1"));
    apply(2, AccessChange.Add.of(new AccessEntry.User("eva", Set.of("r", "s"), "")));
    apply(3, AccessChange.Add.of(new AccessEntry.Role("r", Set.of())));
    apply(4, new AccessChange.SetPassword("eva", "m2"));
    apply(5, new AccessChange.Drop(new AccessName(AccessName.Kind.ROLE, "r")));

    assertThat(catalog.catalog().access())
        .isEqualTo(Access.of(List.of(new AccessEntry.User("eva", Set.of("s"), "m2"))));
  }

  @Test
  void aPrivilegeGroupGrowsAndShrinks() {
    apply(1, AccessChange.Add.of(new AccessEntry.PrivilegeGroup("g", Set.of("Search", "Query"))));
    apply(2, new AccessChange.Remove(new AccessEntry.PrivilegeGroup("g", Set.of("Query"))));

    assertThat(catalog.catalog().access())
        .isEqualTo(Access.of(List.of(new AccessEntry.PrivilegeGroup("g", Set.of("Search")))));
  }
}
