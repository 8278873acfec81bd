package io.milvus.cdc.internal.order;

import static io.milvus.cdc.testkit.Entries.DEFAULT;
import static io.milvus.cdc.testkit.Entries.catalog;
import static io.milvus.cdc.testkit.Entries.collection;
import static io.milvus.cdc.testkit.Entries.dropped;
import static io.milvus.cdc.testkit.Entries.in;
import static io.milvus.cdc.testkit.Entries.renamed;
import static org.assertj.core.api.Assertions.assertThat;

import io.milvus.cdc.catalog.AliasEntry;
import io.milvus.cdc.catalog.AliasName;
import io.milvus.cdc.catalog.Catalog;
import io.milvus.cdc.catalog.CollectionEntry;
import io.milvus.cdc.catalog.DatabaseEntry;
import io.milvus.cdc.catalog.Naming;
import io.milvus.cdc.catalog.PartitionEntry;
import io.milvus.cdc.event.SchemaEvent;
import io.milvus.cdc.event.SchemaEvent.CreateCollection;
import io.milvus.cdc.event.SchemaEvent.CreateDatabase;
import io.milvus.cdc.event.SchemaEvent.CreatePartition;
import io.milvus.cdc.event.SchemaEvent.DropAlias;
import io.milvus.cdc.event.SchemaEvent.DropCollection;
import io.milvus.cdc.event.SchemaEvent.DropDatabase;
import io.milvus.cdc.event.SchemaEvent.DropPartition;
import io.milvus.cdc.event.SchemaEvent.RenameCollection;
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

  @Test
  void aCollectionIsRenamedAtItsTimeAndThroughEveryNameItHad() {
    CollectionEntry once = renamed(BOOKS, 200, DEFAULT, "tomes");
    CollectionEntry twice = renamed(once, 300, SHOP, "tomes");

    assertThat(plan(catalog(SHOP, BOOKS), catalog(SHOP, twice)))
        .containsExactly(
            new RenameCollection(200, DEFAULT, DEFAULT, BOOKS, once.naming()),
            new RenameCollection(300, DEFAULT, SHOP, once, twice.naming()));
    assertThat(plan(catalog(SHOP, twice), catalog(SHOP, twice))).isEmpty();
  }

  @Test
  void aNewCollectionIsMadeUnderItsFirstName() {
    CollectionEntry tomes = renamed(BOOKS, 200, DEFAULT, "tomes");
    CollectionEntry again = collection(2, "books", 300, "dml_a");

    assertThat(plan(catalog(), catalog(tomes, again)))
        .containsExactly(
            new CreateCollection(100, DEFAULT, BOOKS),
            new RenameCollection(200, DEFAULT, DEFAULT, BOOKS, tomes.naming()),
            new CreateCollection(300, DEFAULT, again));
  }

  @Test
  void namesAreFreedAndTakenInOrderAlsoByWhatIsDroppedSince() {
    CollectionEntry tomes = renamed(BOOKS, 200, DEFAULT, "tomes");
    CollectionEntry again = collection(2, "books", 300, "dml_a");
    CollectionEntry third = collection(3, "tomes", 500, "dml_a");

    assertThat(plan(catalog(BOOKS), catalog(dropped(tomes, 400), again, third)))
        .extracting(SchemaEvent::timestamp)
        .containsExactly(200L, 300L, 400L, 500L);
  }

  @Test
  void twoNamesAreSwappedByWayOfAThird() {
    CollectionEntry films = collection(2, "films", 150, "dml_a");
    CollectionEntry one = renamed(renamed(BOOKS, 200, DEFAULT, "tmp"), 220, DEFAULT, "films");
    CollectionEntry other = renamed(films, 210, DEFAULT, "books");

    assertThat(plan(catalog(BOOKS, films), catalog(one, other)))
        .extracting(event -> ((RenameCollection) event).naming().name())
        .containsExactly("tmp", "books", "films");
  }

  @Test
  void aRenameWhoseTimeNobodyKnowsWasLongAgo() {
    CollectionEntry tomes = collection(1, "tomes", 100, "dml_a", "dml_b");

    assertThat(plan(catalog(BOOKS), catalog(tomes)))
        .containsExactly(
            new RenameCollection(
                DatabaseEntry.LONG_AGO,
                DEFAULT,
                DEFAULT,
                BOOKS,
                new Naming(DatabaseEntry.LONG_AGO, 1, "tomes")));
  }

  @Test
  void aDatabaseIsLeftBeforeItIsDroppedAndThereBeforeItIsEntered() {
    CollectionEntry inShop = in(SHOP, BOOKS);
    DatabaseEntry mall = new DatabaseEntry(8, "mall", 190, 0);
    CollectionEntry moved = renamed(inShop, 200, mall, "books");
    DatabaseEntry gone = new DatabaseEntry(7, "shop", 50, 210);

    assertThat(plan(catalog(SHOP, inShop), catalog(gone, mall, moved)))
        .containsExactly(
            new CreateDatabase(190, mall),
            new RenameCollection(200, gone, mall, inShop, moved.naming()),
            new DropDatabase(210, SHOP));
  }

  @Test
  void aCollectionThatPassedThroughADatabaseThatIsGoneStillPassesThroughIt() {
    DatabaseEntry gone = new DatabaseEntry(7, "shop", 150, 400);
    CollectionEntry there = renamed(BOOKS, 200, gone, "books");
    CollectionEntry back = renamed(there, 300, DEFAULT, "tomes");

    assertThat(plan(catalog(BOOKS), catalog(gone, back)))
        .containsExactly(
            new CreateDatabase(150, gone),
            new RenameCollection(200, DEFAULT, gone, BOOKS, there.naming()),
            new RenameCollection(300, gone, DEFAULT, there, back.naming()));
  }

  private static final Scope ONLY_SHOP =
      new Scope("shop"::equals, (database, name) -> database.equals("shop"), 250);

  @Test
  void aCollectionThatLeavesTheScopeIsFollowedToItsNewPlace() {
    CollectionEntry inShop = in(SHOP, BOOKS);
    DatabaseEntry mall = new DatabaseEntry(8, "mall", 190, 0);
    CollectionEntry moved = renamed(inShop, 200, mall, "books");

    assertThat(SchemaPlan.between(catalog(SHOP, inShop), catalog(SHOP, mall, moved), ONLY_SHOP))
        .containsExactly(
            new CreateDatabase(190, mall),
            new RenameCollection(200, SHOP, mall, inShop, moved.naming()));
  }

  @Test
  void aCollectionThatCameIntoTheScopeBeforeTheTaskIsTakenUnderANameThatNobodyHas() {
    CollectionEntry moved = renamed(BOOKS, 200, SHOP, "books");
    CollectionEntry born = BOOKS.named(List.of(new Naming(100, 7, "cdc_1")));

    assertThat(SchemaPlan.between(catalog(), catalog(SHOP, moved), ONLY_SHOP))
        .containsExactly(
            new CreateDatabase(50, SHOP),
            new CreateCollection(100, SHOP, born),
            new RenameCollection(200, SHOP, SHOP, born, moved.naming()));
  }

  @Test
  void aCollectionThatComesIntoTheScopeLaterIsMissedAndNotTaken() {
    Catalog source = catalog(SHOP, renamed(BOOKS, 300, SHOP, "books"));
    CollectionEntry moved = source.collections().get(1L);

    assertThat(SchemaPlan.between(catalog(SHOP), source, ONLY_SHOP)).isEmpty();
    assertThat(ONLY_SHOP.misses(source, moved)).isTrue();
    assertThat(ONLY_SHOP.misses(source, in(SHOP, BOOKS))).isFalse();
    assertThat(new Scope(name -> true, (db, name) -> true, 250).misses(source, moved)).isFalse();
  }

  @Test
  void everythingIncludesWhatCameFromAPlaceThatNobodyKnowsAnyMore() {
    CollectionEntry moved = BOOKS.named(List.of(new Naming(300, 7, "books")));
    Catalog source = catalog(SHOP, moved);

    assertThat(ONLY_SHOP.misses(source, moved)).isTrue();
    assertThat(new Scope(name -> true, (db, name) -> true, 250).misses(source, moved)).isFalse();
  }
}
