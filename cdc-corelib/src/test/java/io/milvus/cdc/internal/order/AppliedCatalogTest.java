package io.milvus.cdc.internal.order;

import static io.milvus.cdc.testkit.Entries.DEFAULT;
import static io.milvus.cdc.testkit.Entries.catalog;
import static io.milvus.cdc.testkit.Entries.collection;
import static org.assertj.core.api.Assertions.assertThat;

import io.milvus.cdc.catalog.Catalog;
import io.milvus.cdc.catalog.CollectionEntry;
import io.milvus.cdc.catalog.DatabaseEntry;
import io.milvus.cdc.catalog.PartitionEntry;
import io.milvus.cdc.event.RowsHeader;
import io.milvus.cdc.event.SchemaEvent;
import java.util.Map;
import org.junit.jupiter.api.Test;

class AppliedCatalogTest {
  private static final CollectionEntry BOOKS = collection(1, "books", 100, "dml_a");
  private static final PartitionEntry NEW = new PartitionEntry(11, "p", 150, 0);
  private final AppliedCatalog applied = new AppliedCatalog(catalog(BOOKS));

  private static RowsHeader rows(long collection, long partition) {
    return new RowsHeader("a", Rows.at(1), 200, collection, partition, "a_1v0", 1, 0);
  }

  @Test
  void holdsRowsOfWhatIsThere() {
    assertThat(applied.holds(rows(1, 10))).isTrue();
    assertThat(applied.holds(rows(1, -1))).isTrue();
    assertThat(applied.holds(rows(1, 11))).isFalse();
    assertThat(applied.holds(rows(2, -1))).isFalse();
  }

  @Test
  void followsCollections() {
    CollectionEntry films = collection(2, "films", 300, "dml_a");
    applied.createCollection(new SchemaEvent.CreateCollection(300, DEFAULT, films));
    applied.dropCollection(new SchemaEvent.DropCollection(400, DEFAULT, BOOKS));

    assertThat(applied.catalog()).isEqualTo(catalog(films));
  }

  @Test
  void followsPartitions() {
    applied.createPartition(new SchemaEvent.CreatePartition(150, DEFAULT, BOOKS, NEW));
    assertThat(applied.holds(rows(1, 11))).isTrue();
    assertThat(applied.holds(rows(1, 10))).isTrue();

    applied.dropPartition(new SchemaEvent.DropPartition(160, DEFAULT, BOOKS, NEW));
    assertThat(applied.catalog()).isEqualTo(catalog(BOOKS));
  }

  @Test
  void followsDatabases() {
    DatabaseEntry shop = new DatabaseEntry(7, "shop", 50, 0);
    applied.createDatabase(new SchemaEvent.CreateDatabase(50, shop));
    assertThat(applied.catalog().databases()).containsEntry(7L, shop);

    applied.dropDatabase(new SchemaEvent.DropDatabase(60, shop));
    assertThat(applied.catalog()).isEqualTo(catalog(BOOKS));
  }

  @Test
  void partitionsOfACollectionThatIsGoneChangeNothing() {
    applied.forget(BOOKS);
    applied.createPartition(new SchemaEvent.CreatePartition(150, DEFAULT, BOOKS, NEW));
    applied.dropPartition(new SchemaEvent.DropPartition(160, DEFAULT, BOOKS, NEW));

    assertThat(applied.catalog().collections()).isEmpty();
  }

  @Test
  void aCatalogThatWasHandedOutDoesNotChange() {
    Catalog before = applied.catalog();
    applied.forget(BOOKS);

    assertThat(before.collections()).isEqualTo(Map.of(1L, BOOKS));
  }
}
