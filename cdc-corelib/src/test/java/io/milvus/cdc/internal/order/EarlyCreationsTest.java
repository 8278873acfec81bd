package io.milvus.cdc.internal.order;

import static org.assertj.core.api.Assertions.assertThat;

import io.milvus.cdc.NameMapping;
import io.milvus.cdc.catalog.AliasEntry;
import io.milvus.cdc.catalog.AliasName;
import io.milvus.cdc.catalog.Catalog;
import io.milvus.cdc.catalog.CollectionEntry;
import io.milvus.cdc.catalog.DatabaseEntry;
import io.milvus.cdc.catalog.PartitionEntry;
import io.milvus.cdc.event.SchemaEvent;
import io.milvus.cdc.testkit.Entries;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class EarlyCreationsTest {
  private static final Scope ALL = new Scope(name -> true, (database, name) -> true);
  private static final CollectionEntry BOOKS = Entries.collection(1, "books", 10, "c");
  private static final DatabaseEntry SHOP = new DatabaseEntry(7, "shop", 20, 0);

  private static List<Long> early(Catalog target, Catalog source, NameMapping names) {
    return early(target, source, names, Set.of(), 100);
  }

  private static List<Long> early(
      Catalog target, Catalog source, NameMapping names, Set<Long> held, int atMost) {
    return EarlyCreations.of(
            target,
            SchemaPlan.between(target, source, ALL),
            id -> source.databases().getOrDefault(id, DatabaseEntry.unknown(id)),
            names,
            held::contains,
            atMost)
        .stream()
        .map(SchemaEvent::creates)
        .toList();
  }

  private static List<Long> early(Catalog target, Catalog source) {
    return early(target, source, NameMapping.none());
  }

  @Test
  void aNewDatabaseItsCollectionAndAPartitionOfThatCanBeCreatedAtOnce() {
    CollectionEntry orders =
        Entries.in(SHOP, Entries.collection(2, "orders", 30, "c"))
            .with(new PartitionEntry(21, "late", 40, 0));

    assertThat(early(Catalog.EMPTY, Entries.catalog(SHOP, orders))).containsExactly(7L, 2L, 21L);
  }

  @Test
  void aNameIsNotFreeUntilItsOwnerIsDroppedOnTheTarget() {
    CollectionEntry again = Entries.collection(2, "books", 60, "c");

    Catalog source = Entries.catalog(Entries.dropped(BOOKS, 50), again);
    assertThat(early(Entries.catalog(BOOKS), source)).isEmpty();
    assertThat(early(Catalog.EMPTY, source)).containsExactly(2L);
  }

  @Test
  void aNameThatARenameIsAboutToTakeIsNotFree() {
    CollectionEntry renamed = Entries.renamed(BOOKS, 50, Entries.DEFAULT, "novels");
    CollectionEntry later = Entries.collection(2, "novels", 70, "c");

    // The renamed one was dropped at 60, and then another one got its last name.
    Catalog source = Entries.catalog(Entries.dropped(renamed, 60), later);
    assertThat(early(Entries.catalog(BOOKS), source)).isEmpty();
  }

  @Test
  void aNameThatARenameWillFreeIsNotFreeYet() {
    CollectionEntry renamed = Entries.renamed(BOOKS, 50, Entries.DEFAULT, "novels");
    CollectionEntry later = Entries.collection(2, "books", 70, "c");

    assertThat(early(Entries.catalog(BOOKS), Entries.catalog(renamed, later))).isEmpty();
  }

  @Test
  void ofTwoCollectionsThatHadOneNameTheFirstIsCreatedAtOnce() {
    CollectionEntry first = Entries.renamed(BOOKS, 50, Entries.DEFAULT, "novels");
    CollectionEntry second = Entries.collection(2, "books", 70, "c");

    assertThat(early(Catalog.EMPTY, Entries.catalog(first, second))).containsExactly(1L);
  }

  @Test
  void theNameOfAnAliasIsNotFree() {
    AliasEntry alias = new AliasEntry(new AliasName(1, "current"), 1, 20, 0);
    CollectionEntry named = Entries.collection(2, "current", 60, "c");

    assertThat(early(Entries.catalog(BOOKS, alias), Entries.catalog(BOOKS, named))).isEmpty();
    assertThat(early(Entries.catalog(BOOKS), Entries.catalog(BOOKS, alias, named)))
        .as("the alias is still to be set")
        .isEmpty();
  }

  @Test
  void namesAreThoseOnTheTarget() {
    DatabaseEntry shop = new DatabaseEntry(7, "shop", 5, 0);
    CollectionEntry mine = Entries.in(shop, Entries.collection(2, "orders", 60, "c"));
    NameMapping names = NameMapping.none().collection("shop.orders", "default.books");

    Catalog source = Entries.catalog(Entries.dropped(BOOKS, 50), shop, mine);
    assertThat(early(Entries.catalog(BOOKS, shop), source, names)).isEmpty();
    assertThat(early(Entries.catalog(shop), source, names)).containsExactly(2L);
  }

  @Test
  void aPartitionWaitsForItsCollectionAndForTheEndOfItsNamesake() {
    CollectionEntry before = BOOKS.with(new PartitionEntry(11, "p", 20, 0));
    CollectionEntry after =
        BOOKS.with(new PartitionEntry(11, "p", 20, 50)).with(new PartitionEntry(12, "p", 60, 0));

    assertThat(early(Entries.catalog(before), Entries.catalog(after))).isEmpty();
    assertThat(early(Entries.catalog(BOOKS), Entries.catalog(after))).containsExactly(12L);
    assertThat(early(Catalog.EMPTY, Entries.catalog(after), NameMapping.none(), Set.of(1L), 100))
        .as("the collection is held")
        .isEmpty();
  }

  @Test
  void aCollectionWaitsForItsDatabase() {
    CollectionEntry orders = Entries.in(SHOP, Entries.collection(2, "orders", 30, "c"));
    DatabaseEntry before = new DatabaseEntry(6, "shop", 5, 0);
    Catalog source = Entries.catalog(new DatabaseEntry(6, "shop", 5, 15), SHOP, orders);

    assertThat(early(Entries.catalog(before), source)).isEmpty();
  }

  @Test
  void onlySoManyAreFoundAtATime() {
    Catalog source =
        Entries.catalog(
            BOOKS, Entries.collection(2, "b", 20, "c"), Entries.collection(3, "c", 30, "c"));

    assertThat(early(Catalog.EMPTY, source, NameMapping.none(), Set.of(), 2))
        .containsExactly(1L, 2L);
  }
}
