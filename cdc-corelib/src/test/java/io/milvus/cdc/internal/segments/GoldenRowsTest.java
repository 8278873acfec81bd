package io.milvus.cdc.internal.segments;

import static org.assertj.core.api.Assertions.assertThat;

import io.milvus.cdc.internal.segments.StoredSource.Read;
import io.milvus.cdc.internal.segments.StoredSource.Row;
import io.milvus.cdc.internal.wire.MessageWriter;
import io.milvus.cdc.internal.wire.WrittenField;
import io.milvus.cdc.sources.ExistingRows.Span;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Files that a 2.3.5's own code wrote: 1,000 rows, 100 of each timestamp. */
class GoldenRowsTest {
  private static final long SEGMENT = 446893535390500100L;
  private static final long FIRST = 446893535390769152L;

  private static final List<String> NAMES =
      List.of(
          "0-rowid",
          "1-timestamp",
          "100-int64",
          "101-bool",
          "102-int8",
          "103-int16",
          "104-int32",
          "105-float",
          "106-double",
          "107-varchar",
          "108-json",
          "109-array",
          "110-floatvector",
          "111-binaryvector",
          "112-float16vector");

  @TempDir Path directory;

  private StoredSource source;

  private static ByteBuffer golden(String name) throws IOException {
    try (InputStream in =
        GoldenRowsTest.class.getResourceAsStream("/golden/binlogs-2.3.5/" + name)) {
      return ByteBuffer.wrap(in.readAllBytes());
    }
  }

  private static WrittenField field(String name, String type, String elements, int dimension) {
    return new WrittenField(name, type, elements, dimension, name.equals("id"));
  }

  @BeforeEach
  void write() throws IOException {
    source = new StoredSource(directory.resolve("root"));
    source.schema =
        MessageWriter.schema(
            "docs",
            List.of(
                field("id", "Int64", "", 0),
                field("bool", "Bool", "", 0),
                field("int8", "Int8", "", 0),
                field("int16", "Int16", "", 0),
                field("int32", "Int32", "", 0),
                field("float", "Float", "", 0),
                field("double", "Double", "", 0),
                field("text", "VarChar", "", 0),
                field("json", "JSON", "", 0),
                field("array", "Array", "Int64", 0),
                field("vector", "FloatVector", "", 128),
                field("bits", "BinaryVector", "", 128),
                field("half", "Float16Vector", "", 4)));
    for (String name : NAMES) {
      long field = Long.parseLong(name.substring(0, name.indexOf('-')));
      source.file(SEGMENT, field, 1000, FIRST, FIRST + 9, golden(name));
    }
  }

  private List<Row> read(long after, long cut) throws Exception {
    List<Read> batches = source.read(directory.resolve("spill"), 1000, new Span(after, cut, cut));
    return StoredRowsPropertyTest.sorted(batches);
  }

  @Test
  void allRowsThatAreNotDeletedAreRead() throws Exception {
    List<Row> all = read(0, FIRST + 9);
    assertThat(all).hasSize(1000);
    source.write("delta_log/7/70/%d/446893535390600001".formatted(SEGMENT), golden("delta-int64"));

    // The deltalog deletes key k at FIRST + k.
    for (long cut = FIRST; cut < FIRST + 10; cut++) {
      long upTo = cut;
      assertThat(read(0, cut))
          .isEqualTo(
              all.stream()
                  .filter(row -> row.time() <= upTo)
                  .filter(row -> FIRST + row.key() <= row.time() || FIRST + row.key() > upTo)
                  .toList());
    }
  }

  @Test
  void eachTimeCanBeReadAlone() throws Exception {
    for (long time = FIRST; time < FIRST + 10; time++) {
      long expected = time;
      assertThat(read(time - 1, time)).hasSize(100).allMatch(row -> row.time() == expected);
    }
    assertThat(read(0, FIRST - 1)).isEmpty();
  }
}
