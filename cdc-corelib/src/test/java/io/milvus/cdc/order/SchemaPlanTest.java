package io.milvus.cdc.order;

import static io.milvus.cdc.testkit.Entries.DEFAULT;
import static io.milvus.cdc.testkit.Entries.catalog;
import static io.milvus.cdc.testkit.Entries.collection;
import static io.milvus.cdc.testkit.Entries.dropped;
import static io.milvus.cdc.testkit.Entries.in;
import static org.assertj.core.api.Assertions.assertThat;

import io.milvus.cdc.catalog.AliasEntry;
import io.milvus.cdc.catalog.AliasName;
import io.milvus.cdc.catalog.Catalog;
import io.milvus.cdc.catalog.CollectionEntry;
import io.milvus.cdc.catalog.DatabaseEntry;
import io.milvus.cdc.catalog.PartitionEntry;
import io.milvus.cdc.event.SchemaEvent;
import io.milvus.cdc.event.SchemaEvent.CreateCollection;
import io.milvus.cdc.event.SchemaEvent.CreateDatabase;
import io.milvus.cdc.event.SchemaEvent.CreatePartition;
import io.milvus.cdc.event.SchemaEvent.DropAlias;
import io.milvus.cdc.event.SchemaEvent.DropCollection;
import io.milvus.cdc.event.SchemaEvent.DropDatabase;
import io.milvus.cdc.event.SchemaEvent.DropPartition;
import io.milvus.cdc.event.SchemaEvent.SetAlias;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class SchemaPlanTest {
  private static final Scope ALL = new Scope(name -> true, (database, name) -> true);
  private static final DatabaseEntry SHOP = new DatabaseEntry(7, "shop", 50, 0);
  private static final CollectionEntry BOOKS = collection(1, "books", 100, "dml_a", "dml_b");

  private static List<SchemaEvent> plan(Catalog applied, Catalog source) {
    return SchemaPlan.between(applied, source, ALL);
  }

  private static CollectionEntry with(CollectionEntry entry, PartitionEntry... partitions) {
    for (PartitionEntry partition : partitions) {
      entry = entry.with(partition);
    }
    return entry;
  }

  @Test
  void nothingIsPlannedWhereBothAreEqual() {
    Catalog both = catalog(SHOP, BOOKS);

    assertThat(plan(both, both)).isEmpty();
  }

  @Test
  void aNewCollectionIsCreatedAtItsTime() {
    assertThat(plan(catalog(), catalog(BOOKS)))
        .containsExactly(new CreateCollection(100, DEFAULT, BOOKS));
  }

  @Test
  void theDefaultDatabaseIsNeverCreated() {
    assertThat(plan(Catalog.EMPTY, catalog())).isEmpty();
  }

  @Test
  void aDroppedCollectionIsDroppedAtItsTime() {
    assertThat(plan(catalog(BOOKS), catalog(dropped(BOOKS, 300))))
        .containsExactly(new DropCollection(300, DEFAULT, BOOKS));
  }

  @Test
  void aCollectionThatVanishedFromEtcdWasDroppedLongAgo() {
    assertThat(plan(catalog(BOOKS), catalog()))
        .containsExactly(new DropCollection(DatabaseEntry.LONG_AGO, DEFAULT, BOOKS));
  }

  @Test
  void aNameIsFreedBeforeItIsTakenAgain() {
    CollectionEntry again = collection(2, "books", 300, "dml_a");

    assertThat(plan(catalog(BOOKS), catalog(dropped(BOOKS, 300), again)))
        .containsExactly(
            new DropCollection(300, DEFAULT, BOOKS), new CreateCollection(300, DEFAULT, again));
  }

  @Test
  void aNameWhoseDropTimeIsUnknownIsFreedFirst() {
    CollectionEntry again = collection(2, "books", 300, "dml_a");
    CollectionEntry other = collection(3, "other", 200, "dml_a");

    assertThat(plan(catalog(BOOKS), catalog(again, other)))
        .extracting(SchemaEvent::timestamp)
        .containsExactly(1L, 200L, 300L);
  }

  @Test
  void whatCameAndWentUnseenIsLeftOut() {
    DatabaseEntry gone = new DatabaseEntry(8, "gone", 60, 400);
    CollectionEntry brief = dropped(in(gone, BOOKS), 300);

    assertThat(plan(catalog(), catalog(gone, brief))).isEmpty();
  }

  @Test
  void aCollectionIsBornWithItsFirstPartitionsAndGetsTheOthersLater() {
    PartitionEntry later = new PartitionEntry(11, "p", 150, 0);
    PartitionEntry brief = new PartitionEntry(12, "q", 160, 170);

    assertThat(plan(catalog(), catalog(with(BOOKS, later, brief))))
        .containsExactly(
            new CreateCollection(100, DEFAULT, BOOKS),
            new CreatePartition(150, DEFAULT, BOOKS, later));
  }

  @Test
  void partitionsFollowTheirOwnTimes() {
    PartitionEntry gone = new PartitionEntry(11, "p", 150, 0);
    PartitionEntry again = new PartitionEntry(12, "p", 300, 0);
    CollectionEntry known = with(BOOKS, gone);
    CollectionEntry now = with(BOOKS, new PartitionEntry(11, "p", 150, 300), again);

    assertThat(plan(catalog(known), catalog(now)))
        .containsExactly(
            new DropPartition(300, DEFAULT, known, gone),
            new CreatePartition(300, DEFAULT, known, again));
  }

  @Test
  void aPartitionThatVanishedWasDroppedLongAgo() {
    PartitionEntry gone = new PartitionEntry(11, "p", 150, 0);
    CollectionEntry known = with(BOOKS, gone);

    assertThat(plan(catalog(known), catalog(BOOKS)))
        .containsExactly(new DropPartition(1, DEFAULT, known, gone));
  }

  @Test
  void thePartitionsOfADroppedCollectionGoWithIt() {
    PartitionEntry gone = new PartitionEntry(11, "p", 150, 200);

    assertThat(
            plan(
                catalog(with(BOOKS, new PartitionEntry(11, "p", 150, 0))),
                catalog(dropped(with(BOOKS, gone), 300))))
        .hasSize(1)
        .first()
        .isInstanceOf(DropCollection.class);
  }

  @Test
  void aDatabaseComesBeforeItsCollections() {
    CollectionEntry books = in(SHOP, BOOKS);

    assertThat(plan(catalog(), catalog(SHOP, books)))
        .containsExactly(new CreateDatabase(50, SHOP), new CreateCollection(100, SHOP, books));
  }

  @Test
  void aDatabaseComesBeforeOlderCollectionsThatWereMovedIntoIt() {
    DatabaseEntry young = new DatabaseEntry(7, "shop", 500, 0);

    assertThat(plan(catalog(), catalog(young, in(young, BOOKS))))
        .first()
        .isInstanceOf(CreateDatabase.class);
  }

  @Test
  void aDatabaseGoesAfterItsCollections() {
    CollectionEntry books = in(SHOP, BOOKS);
    DatabaseEntry gone = new DatabaseEntry(7, "shop", 50, 400);

    assertThat(plan(catalog(SHOP, books), catalog(gone, dropped(books, 300))))
        .containsExactly(new DropCollection(300, gone, books), new DropDatabase(400, SHOP));
  }

  @Test
  void aVanishedDatabaseStillGoesAfterItsCollections() {
    CollectionEntry books = in(SHOP, BOOKS);

    List<SchemaEvent> plan = plan(catalog(SHOP, books), catalog(dropped(books, 300)));

    assertThat(plan).hasSize(2);
    assertThat(plan.get(0)).isInstanceOf(DropCollection.class);
    assertThat(plan.get(1)).isEqualTo(new DropDatabase(301, SHOP));
  }

  @Test
  void aDatabaseOfTheSameNameIsMadeAfterTheOldOneIsGone() {
    DatabaseEntry gone = new DatabaseEntry(7, "shop", 50, 400);
    DatabaseEntry again = new DatabaseEntry(9, "shop", 400, 0);

    assertThat(plan(catalog(SHOP), catalog(gone, again)))
        .containsExactly(new DropDatabase(400, SHOP), new CreateDatabase(400, again));
  }

  @Test
  void onlyWhatIsSelectedIsCreated() {
    DatabaseEntry other = new DatabaseEntry(8, "other", 60, 0);
    CollectionEntry books = in(SHOP, BOOKS);
    CollectionEntry films = in(SHOP, collection(2, "films", 100, "dml_a"));
    Scope scope =
        new Scope("shop"::equals, (db, name) -> db.equals("shop") && name.equals("films"));

    assertThat(SchemaPlan.between(catalog(), catalog(SHOP, other, books, films), scope))
        .containsExactly(new CreateDatabase(50, SHOP), new CreateCollection(100, SHOP, films));
  }

  @Test
  void whatIsOnTheTargetIsDroppedEvenWhereItIsNoLongerSelected() {
    Scope none = new Scope(name -> false, (database, name) -> false);

    assertThat(SchemaPlan.between(catalog(BOOKS), catalog(dropped(BOOKS, 300)), none))
        .containsExactly(new DropCollection(300, DEFAULT, BOOKS));
  }

  @Test
  void aCollectionOfAnUnknownDatabaseWaits() {
    CollectionEntry lost = in(SHOP, BOOKS);

    assertThat(plan(catalog(), catalog(lost))).isEmpty();
  }

  @Test
  void theBirthOfAPartitionKeyCollectionHasAllItsPartitions() {
    CollectionEntry keyed =
        BOOKS.withPartitions(
            Map.of(
                11L, new PartitionEntry(11, "_default_0", 100, 0),
                12L, new PartitionEntry(12, "_default_1", 100, 0)));

    assertThat(plan(catalog(), catalog(keyed)))
        .containsExactly(new CreateCollection(100, DEFAULT, keyed));
  }

  private static AliasEntry alias(CollectionEntry of, long since, long droppedAt) {
    return new AliasEntry(new AliasName(1, "current"), of.id(), since, droppedAt);
  }

  @Test
  void anAliasFollowsTheCollectionItIsOf() {
    AliasEntry current = alias(BOOKS, 200, 0);

    assertThat(plan(catalog(), catalog(BOOKS, current)))
        .containsExactly(
            new CreateCollection(100, DEFAULT, BOOKS), new SetAlias(200, DEFAULT, BOOKS, current));
    assertThat(plan(catalog(BOOKS, current), catalog(BOOKS, current))).isEmpty();
  }

  @Test
  void anAliasMovesAtItsTimeAndIsDroppedAtItsTime() {
    CollectionEntry films = collection(2, "films", 150, "dml_a");
    AliasEntry before = alias(BOOKS, 200, 0);
    AliasEntry after = alias(films, 300, 0);

    assertThat(plan(catalog(BOOKS, films, before), catalog(BOOKS, films, after)))
        .containsExactly(new SetAlias(300, DEFAULT, films, after));
    assertThat(plan(catalog(BOOKS, before), catalog(BOOKS, alias(BOOKS, 200, 400))))
        .containsExactly(new DropAlias(400, DEFAULT, before));
  }

  @Test
  void theAliasOfADroppedCollectionFreesItsNameFirst() {
    AliasEntry current = alias(BOOKS, 200, 0);
    CollectionEntry named = collection(2, "current", 300, "dml_a");

    assertThat(plan(catalog(BOOKS, current), catalog(dropped(BOOKS, 300), named, current)))
        .containsExactly(
            new DropAlias(300, DEFAULT, current),
            new DropCollection(300, DEFAULT, BOOKS),
            new CreateCollection(300, DEFAULT, named));
  }

  @Test
  void anAliasOfWhatIsNotReplicatedIsNotSet() {
    Scope none = new Scope(name -> true, (database, name) -> false);
    assertThat(SchemaPlan.between(catalog(), catalog(BOOKS, alias(BOOKS, 200, 0)), none)).isEmpty();
  }
}
