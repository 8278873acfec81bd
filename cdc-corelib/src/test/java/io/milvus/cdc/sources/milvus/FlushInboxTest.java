package io.milvus.cdc.sources.milvus;

import static org.assertj.core.api.Assertions.assertThat;

import io.milvus.cdc.catalog.AliasEntry;
import io.milvus.cdc.catalog.AliasName;
import io.milvus.cdc.catalog.Catalog;
import io.milvus.cdc.catalog.CollectionEntry;
import io.milvus.cdc.event.Flush;
import io.milvus.cdc.internal.decode.FlushMessage;
import io.milvus.cdc.testkit.Entries;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class FlushInboxTest {
  private static final CollectionEntry BOOKS = Entries.collection(1, "books", 5, "dml_0");
  private static final AliasName CURRENT = new AliasName(1, "current");
  private static final Catalog CATALOG =
      new Catalog(
          Map.of(1L, Entries.DEFAULT),
          Map.of(1L, BOOKS),
          Map.of(CURRENT, new AliasEntry(CURRENT, 1, 6, 0)),
          Map.of());

  private final FlushInbox inbox = new FlushInbox();

  private static FlushMessage flush(long timestamp, String database, String... names) {
    return new FlushMessage(timestamp, database, List.of(names));
  }

  @Test
  void collectionsAreFoundByNameAndByAliasAndInTheDefaultDatabase() {
    inbox.add(flush(10, "default", "books"));
    inbox.add(flush(11, "", "current"));
    inbox.name(inbox.unnamed(), CATALOG);

    assertThat(inbox.take()).containsExactly(new Flush(10, 1), new Flush(11, 1));
    assertThat(inbox.take()).isEmpty();
  }

  @Test
  void whatTheCatalogDoesNotKnowIsGone() {
    inbox.add(flush(10, "other", "books"));
    inbox.add(flush(11, "default", "films", "books"));
    inbox.name(inbox.unnamed(), CATALOG);

    assertThat(inbox.take()).containsExactly(new Flush(11, 1));
  }

  @Test
  void whatComesWhileTheCatalogIsReadWaitsForTheNextOne() {
    inbox.add(flush(10, "default", "books"));
    List<FlushMessage> before = inbox.unnamed();
    inbox.add(flush(11, "default", "films"));
    inbox.name(before, CATALOG);
    assertThat(inbox.take()).containsExactly(new Flush(10, 1));

    CollectionEntry films = Entries.collection(2, "films", 7, "dml_0");
    inbox.name(inbox.unnamed(), new Catalog(CATALOG.databases(), Map.of(1L, BOOKS, 2L, films)));
    assertThat(inbox.take()).containsExactly(new Flush(11, 2));
  }
}
