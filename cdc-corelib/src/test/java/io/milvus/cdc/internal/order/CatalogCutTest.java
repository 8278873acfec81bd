package io.milvus.cdc.internal.order;

import static org.assertj.core.api.Assertions.assertThat;

import io.milvus.cdc.catalog.AliasEntry;
import io.milvus.cdc.catalog.AliasName;
import io.milvus.cdc.catalog.Catalog;
import io.milvus.cdc.catalog.CollectionEntry;
import io.milvus.cdc.catalog.DatabaseEntry;
import io.milvus.cdc.catalog.Naming;
import io.milvus.cdc.catalog.PartitionEntry;
import io.milvus.cdc.event.SchemaEvent;
import io.milvus.cdc.testkit.Entries;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class CatalogCutTest {
  private static final long CUT = 1000;
  private static final CollectionEntry BOOKS = Entries.collection(1, "books", 500, "s-dml_0");
  private static final Scope ALL = new Scope(name -> true, (database, name) -> true);

  private static Catalog catalog(CollectionEntry... collections) {
    return Entries.catalog((Object[]) collections);
  }

  private static Naming naming(long since, String name) {
    return new Naming(since, DatabaseEntry.DEFAULT_ID, name);
  }

  @Test
  void aCollectionHasTheNameOfTheCutAndNoHistory() {
    CollectionEntry renamed =
        BOOKS.named(List.of(naming(500, "books"), naming(900, "novels"), naming(1100, "stories")));
    CollectionEntry cut = CatalogCut.of(catalog(renamed), CUT).collections().get(1L);
    assertThat(cut.names()).containsExactly(naming(500, "novels"));
  }

  @Test
  void onlyRenamesAfterTheCutAreLeftForASettledCollection() {
    CollectionEntry renamed =
        BOOKS.named(
            List.of(
                naming(500, "books"),
                naming(600, "novels"),
                naming(900, "books"),
                naming(1100, "stories")));
    AppliedCatalog applied = new AppliedCatalog(CatalogCut.of(catalog(renamed), CUT));
    applied.settleAt(CUT, id -> true);
    assertThat(SchemaPlan.between(applied.catalog(), catalog(renamed), ALL))
        .singleElement()
        .isInstanceOfSatisfying(
            SchemaEvent.RenameCollection.class,
            rename -> assertThat(rename.naming()).isEqualTo(naming(1100, "stories")));
  }

  @Test
  void objectsThatAreYoungerOrDroppedByNowAreLeftOut() {
    CollectionEntry younger = Entries.collection(2, "younger", 1001, "s-dml_0");
    CollectionEntry dropped = Entries.dropped(Entries.collection(3, "gone", 500, "s-dml_0"), 1200);
    assertThat(CatalogCut.of(catalog(BOOKS, younger, dropped), CUT).collections())
        .containsOnlyKeys(1L);
  }

  @Test
  void aYoungerPartitionIsListedBecauseItsFirstRowsCanBeOlder() {
    CollectionEntry books =
        BOOKS
            .with(new PartitionEntry(11, "younger", 1001, 0))
            .with(new PartitionEntry(12, "gone", 600, 1200));
    assertThat(CatalogCut.of(catalog(books), CUT).collections().get(1L).partitions())
        .containsKey(11L)
        .doesNotContainKey(12L);
  }

  @Test
  void aliasesOfTheCutAreListed() {
    Map<AliasName, AliasEntry> aliases = new HashMap<>();
    AliasName current = new AliasName(DatabaseEntry.DEFAULT_ID, "current");
    AliasName later = new AliasName(DatabaseEntry.DEFAULT_ID, "later");
    aliases.put(current, new AliasEntry(current, 1, 900, 0));
    aliases.put(later, new AliasEntry(later, 1, 1100, 0));
    Catalog all = catalog(BOOKS);
    Catalog with = new Catalog(all.databases(), all.collections(), aliases, Map.of());
    assertThat(CatalogCut.of(with, CUT).aliases()).containsOnlyKeys(current);
  }
}
