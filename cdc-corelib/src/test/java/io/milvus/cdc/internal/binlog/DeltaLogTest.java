package io.milvus.cdc.internal.binlog;

import static org.apache.parquet.schema.PrimitiveType.PrimitiveTypeName.BINARY;
import static org.apache.parquet.schema.PrimitiveType.PrimitiveTypeName.DOUBLE;
import static org.apache.parquet.schema.PrimitiveType.PrimitiveTypeName.INT64;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.milvus.cdc.error.SourceException;
import io.milvus.cdc.internal.binlog.WrittenColumns.Form;
import java.io.IOException;
import org.apache.parquet.schema.PrimitiveType;
import org.apache.parquet.schema.Types;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DeltaLogTest {
  private static final long FIRST = 446893535390769152L;
  private static final PrimitiveType TEXT = Types.required(BINARY).named("val");
  private static final Form UNCOMPRESSED = new Form(false, false, false, 1 << 20);

  private final DeletedRows deleted = Binlogs.deletedUpTo(Long.MAX_VALUE);

  private static ByteSource texts(String... deletes) throws IOException {
    WrittenColumns columns = WrittenColumns.of(Form.usual(), TEXT);
    for (String delete : deletes) {
      columns.row(delete);
    }
    return WrittenBinlog.delete("{}", columns.file());
  }

  @Test
  void integerKeysOfAGoldenFileHaveTheirExactTimestamps() throws IOException {
    deleted.addAll(Binlogs.golden("binlogs-2.3.5/delta-int64"));

    assertThat(deleted.size()).isEqualTo(100);
    for (int key = 0; key < 100; key++) {
      assertThat(deleted.contains(key, FIRST + key - 1)).isTrue();
      assertThat(deleted.contains(key, FIRST + key)).isFalse();
    }
    assertThat(deleted.contains(100, 1)).isFalse();
  }

  @Test
  void textKeysOfAGoldenFileHaveTheirExactTimestamps() throws IOException {
    deleted.addAll(Binlogs.golden("binlogs-2.3.5/delta-varchar"));

    assertThat(deleted.size()).isEqualTo(100);
    for (int key = 0; key < 100; key++) {
      assertThat(deleted.contains(Binlogs.utf8("k\"" + key), FIRST + key - 1)).isTrue();
      assertThat(deleted.contains(Binlogs.utf8("k\"" + key), FIRST + key)).isFalse();
    }
    assertThat(deleted.contains(Binlogs.utf8("k\"100"), 1)).isFalse();
  }

  @Test
  void longKeysAreNeverRounded() throws IOException {
    deleted.addAll(
        texts(
            "{\"pk\":9223372036854775807,\"ts\":9007199254740993,\"pkType\":5}",
            "{\"pk\":-9223372036854775808,\"ts\":9007199254740993,\"pkType\":5}"));

    assertThat(deleted.contains(Long.MAX_VALUE, 9007199254740992L)).isTrue();
    assertThat(deleted.contains(Long.MAX_VALUE, 9007199254740993L)).isFalse();
    assertThat(deleted.contains(Long.MIN_VALUE, 9007199254740992L)).isTrue();
    assertThat(deleted.contains(Long.MAX_VALUE - 1, 1)).isFalse();
  }

  @Test
  void escapedKeysAreText() throws IOException {
    deleted.addAll(texts("{\"pk\":\"\\u003ca\\u0026é\\u003e\",\"ts\":5,\"pkType\":21}"));

    assertThat(deleted.contains(Binlogs.utf8("<a&é>"), 4)).isTrue();
  }

  @Test
  void theOldFormIsAPair() throws IOException {
    deleted.addAll(texts("-7,446893535390769153", "8,3"));

    assertThat(deleted.contains(-7, 446893535390769152L)).isTrue();
    assertThat(deleted.contains(-7, 446893535390769153L)).isFalse();
    assertThat(deleted.contains(8, 2)).isTrue();
  }

  @Test
  void twoColumnsHoldKeysAndTimestamps() throws IOException {
    PrimitiveType timestamp = Types.required(INT64).named("ts");
    byte[] integers =
        WrittenColumns.of(UNCOMPRESSED, Types.required(INT64).named("pk"), timestamp)
            .row(1L, 10L)
            .row(2L, 20L)
            .file();
    byte[] texts =
        WrittenColumns.of(UNCOMPRESSED, Types.optional(BINARY).named("pk"), timestamp)
            .row("a", 30L)
            .file();

    deleted.addAll(WrittenBinlog.delete("{\"version\":\"MULTI_FIELD\"}", integers));
    deleted.addAll(WrittenBinlog.delete("{\"version\":\"MULTI_FIELD\"}", texts));

    assertThat(deleted.size()).isEqualTo(3);
    assertThat(deleted.contains(2, 19)).isTrue();
    assertThat(deleted.contains(2, 20)).isFalse();
    assertThat(deleted.contains(Binlogs.utf8("a"), 29)).isTrue();
  }

  @Test
  void theNewestDeleteUpToTheCutCounts() throws IOException {
    DeletedRows cut = Binlogs.deletedUpTo(20);
    cut.addAll(texts("{\"pk\":1,\"ts\":20}", "{\"pk\":1,\"ts\":10}", "{\"pk\":1,\"ts\":21}"));
    cut.addAll(texts("{\"pk\":2,\"ts\":21}"));

    assertThat(cut.contains(1, 19)).isTrue();
    assertThat(cut.contains(1, 20)).isFalse();
    assertThat(cut.contains(2, 1)).isFalse();
    assertThat(cut.size()).isEqualTo(1);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "7",
        "a,b",
        ",5",
        "1,0",
        "{",
        "{\"ts\":5}",
        "{\"pk\":1}",
        "{\"pk\":1.5,\"ts\":5}",
        "{\"pk\":92233720368547758070,\"ts\":5}",
        "{\"pk\":1,\"ts\":1e3}",
        "{\"pk\":1,\"ts\":-5}",
        "{\"pk\":null,\"ts\":5}"
      })
  void anythingElseIsRefused(String text) throws IOException {
    ByteSource file = texts(text);

    assertThatExceptionOfType(SourceException.class)
        .isThrownBy(() -> deleted.addAll(file))
        .withMessageStartingWith("Binlog delta_log/1 is damaged: a delete ")
        .withMessageEndingWith("then resume the task.");
  }

  @Test
  void anotherTypeOfKeyIsRefused() throws IOException {
    byte[] keys =
        WrittenColumns.of(
                UNCOMPRESSED, Types.required(DOUBLE).named("pk"), Types.required(INT64).named("ts"))
            .row(1.0, 10L)
            .file();
    ByteSource file = WrittenBinlog.delete("{\"version\":\"MULTI_FIELD\"}", keys);

    assertThatExceptionOfType(SourceException.class)
        .isThrownBy(() -> deleted.addAll(file))
        .withMessageContaining("its values are of type DOUBLE, not BINARY");
  }

  @Test
  void anInsertLogIsNoDeltaLog() {
    assertThatExceptionOfType(SourceException.class)
        .isThrownBy(() -> deleted.addAll(Binlogs.golden("binlogs-2.3.5/0-rowid")))
        .withMessageContaining("the event at byte 108 is of type 1, not 2");
  }
}
