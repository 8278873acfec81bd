package io.milvus.cdc.internal.order;

import static io.milvus.cdc.testkit.Entries.DEFAULT;
import static io.milvus.cdc.testkit.Entries.catalog;
import static io.milvus.cdc.testkit.Entries.collection;
import static io.milvus.cdc.testkit.Entries.dropped;
import static org.assertj.core.api.Assertions.assertThat;

import io.milvus.cdc.catalog.CollectionEntry;
import io.milvus.cdc.event.SchemaEvent;
import java.util.List;
import org.junit.jupiter.api.Test;

class DemandTest {
  private static final CollectionEntry BOOKS = collection(1, "books", 100, "dml_a", "dml_b");

  @Test
  void aReplicatedCollectionNeedsAllItsChannels() {
    assertThat(Demand.of(catalog(BOOKS), catalog(BOOKS), List.of(), 500))
        .containsExactly(
            new Demand("dml_a", 1, 500, Long.MAX_VALUE),
            new Demand("dml_b", 1, 500, Long.MAX_VALUE));
  }

  @Test
  void aCollectionToComeHasNoRowsBeforeItsCreation() {
    var plan = List.<SchemaEvent>of(new SchemaEvent.CreateCollection(100, DEFAULT, BOOKS));

    assertThat(Demand.of(catalog(), catalog(BOOKS), plan, 20))
        .containsExactly(
            new Demand("dml_a", 1, 99, Long.MAX_VALUE), new Demand("dml_b", 1, 99, Long.MAX_VALUE));
  }

  @Test
  void aCollectionThatComesLateIsNotWaitedForInThePast() {
    var plan = List.<SchemaEvent>of(new SchemaEvent.CreateCollection(100, DEFAULT, BOOKS));

    assertThat(Demand.of(catalog(), catalog(BOOKS), plan, 300))
        .extracting(Demand::knownUpTo)
        .containsOnly(300L);
  }

  @Test
  void aDroppedCollectionIsNeededUntilItsDrop() {
    assertThat(Demand.of(catalog(BOOKS), catalog(dropped(BOOKS, 700)), List.of(), 500))
        .containsExactly(new Demand("dml_a", 1, 500, 700), new Demand("dml_b", 1, 500, 700));
  }

  @Test
  void aCollectionWhoseDropIsBehindIsNotWaitedFor() {
    assertThat(Demand.of(catalog(BOOKS), catalog(dropped(BOOKS, 500)), List.of(), 500)).isEmpty();
    assertThat(Demand.of(catalog(BOOKS), catalog(), List.of(), 500)).isEmpty();
  }

  @Test
  void aCollectionThatIsNotReplicatedIsNotWaitedFor() {
    assertThat(Demand.of(catalog(), catalog(BOOKS), List.of(), 500)).isEmpty();
  }
}
