package io.milvus.cdc.rows;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.milvus.cdc.catalog.CollectionEntry;
import io.milvus.cdc.catalog.PartitionEntry;
import io.milvus.cdc.event.Delete;
import io.milvus.cdc.event.Insert;
import io.milvus.cdc.event.Payload;
import io.milvus.cdc.event.Position;
import io.milvus.cdc.testkit.Entries;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class RowsWriterTest {
  private static final PartitionEntry DEFAULT = new PartitionEntry(10, "_default", 5, 0);
  private static final Slot SLOT = new Slot(1, new Position("4:2"), 99, 77);
  private static final CollectionEntry BOOKS =
      Entries.with(
          Entries.collection(1, "books", 5, "s-dml_0", "s-dml_1"),
          RowsWriter.schema(
              "books",
              List.of(
                  Field.of("tags", FieldType.TEXT_ARRAY),
                  Field.key("id", FieldType.TEXT),
                  Field.vector("v", 2))));

  private final RowsWriter writer = RowsWriter.of(BOOKS);

  private static Map<String, Object> row(String key, Object tags) {
    return Map.of("id", key, "tags", tags, "v", new float[] {1, 2});
  }

  @Test
  void writesInsertsThatRowsReads() {
    Insert insert =
        writer.insert(SLOT, DEFAULT, List.of(row("a", List.of("x", "")), row("b", List.of())));
    InsertedRows rows = Rows.of(insert, "default", BOOKS);

    assertThat(insert.header().channel()).isEqualTo("s-dml_1");
    assertThat(insert.header().shard()).isEqualTo(BOOKS.shards().get(1));
    assertThat(insert.header().rows()).isEqualTo(2);
    assertThat(insert.header().messageId()).isEqualTo(99);
    assertThat(rows.timestamp().value()).isEqualTo(77);
    assertThat(rows.partition()).isEqualTo("_default");
    assertThat(rows.types()).containsEntry("tags", "Array").containsEntry("v", "FloatVector");
    assertThat(rows.row(0).key()).isEqualTo("a");
    assertThat(rows.row(0).value("tags")).isEqualTo(List.of("x", ""));
    assertThat(rows.row(1).value("tags")).isEqualTo(List.of());
    assertThat((float[]) rows.row(1).value("v")).containsExactly(1, 2);
  }

  @Test
  void writesDeletesThatRowsReads() {
    Delete delete = writer.delete(SLOT, List.of("a", ""));

    assertThat(delete.header().partitionId()).isEqualTo(-1);
    assertThat(delete.header().rows()).isEqualTo(2);
    assertThat(Rows.of(delete, "default", BOOKS).partition()).isEmpty();
    assertThat(Rows.of(delete, "default", BOOKS).keys()).containsExactly("a", "");
  }

  @Test
  void returnsTheSameEventUnlessRowsAreChanged() {
    Insert insert = writer.insert(SLOT, DEFAULT, List.of(row("a", List.of()), row("b", List.of())));
    InsertedRows rows = Rows.of(insert, "default", BOOKS);
    Delete delete = writer.delete(SLOT, List.of("a", "b", "c"));
    DeletedKeys keys = Rows.of(delete, "default", BOOKS);

    assertThat(rows.event()).isSameAs(insert);
    assertThat(rows.none().event()).isNull();
    assertThat(rows.where(row -> row.key().equals("b")).event().header().rows()).isEqualTo(1);
    assertThat(keys.event()).isSameAs(delete);
    assertThat(keys.none().event()).isNull();
    Delete left = keys.where(key -> !key.equals("a")).where(key -> !key.equals("c")).event();
    assertThat(Rows.of(left, "default", BOOKS).keys()).containsExactly("b");
    assertThat(rows.comeFrom(insert)).isTrue();
    assertThat(keys.comeFrom(insert)).isFalse();
  }

  @Test
  void refusesValuesThatDoNotFit() {
    assertThatThrownBy(() -> writer.insert(SLOT, DEFAULT, List.of(row("a", "x"))))
        .hasMessage("Array tags needs a List.");
    assertThatThrownBy(() -> writer.insert(SLOT, DEFAULT, List.of(row("a", List.of(1L)))))
        .hasMessageContaining("tags");
    assertThatThrownBy(() -> writer.insert(SLOT, DEFAULT, List.of(Map.of("id", "a"))))
        .hasMessageContaining("tags");
  }

  @Test
  void refusesASchemaThatCannotBeDecoded() {
    CollectionEntry broken =
        Entries.with(BOOKS, new io.milvus.cdc.catalog.CollectionSchema("?", 100, false));
    assertThatThrownBy(() -> RowsWriter.of(broken))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("books")
        .hasMessageContaining("Use RowsWriter.schema");
  }

  @Test
  void decodesNothingBeforeItIsAskedFor() {
    Insert damaged =
        writer.insert(SLOT, DEFAULT, List.of(row("a", List.of()))).with(Payload.of(new byte[] {8}));
    InsertedRows rows = Rows.of(damaged, "default", BOOKS);

    assertThat(rows.count()).isEqualTo(1);
    assertThatThrownBy(rows::fields).isInstanceOf(UncheckedIOException.class);
  }
}
