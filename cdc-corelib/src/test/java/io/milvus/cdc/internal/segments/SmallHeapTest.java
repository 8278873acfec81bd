package io.milvus.cdc.internal.segments;

import static org.assertj.core.api.Assertions.assertThat;

import io.milvus.cdc.internal.binlog.WrittenFiles;
import io.milvus.cdc.internal.wire.MessageWriter;
import io.milvus.cdc.internal.wire.WrittenField;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.SplittableRandom;
import java.util.function.IntFunction;
import java.util.function.LongFunction;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Reads what is much larger than a heap of 256 MB. */
@Tag("slow")
@Tag("nightly")
@Timeout(300)
class SmallHeapTest {
  private static final int SEGMENT_PLACE = 37;

  @TempDir Path directory;

  private StoredSource source;

  @BeforeEach
  void open() {
    source = new StoredSource(directory);
  }

  private void schema(WrittenField... fields) {
    source.schema = MessageWriter.schema("docs", List.of(fields));
  }

  private static WrittenField field(String name, String type, int dimension) {
    return new WrittenField(name, type, "", dimension, name.equals("id"));
  }

  private static List<Long> numbers(long from, int count) {
    return LongStream.range(from, from + count).boxed().toList();
  }

  private static List<byte[]> vectors(int count, int dimension) {
    SplittableRandom random = new SplittableRandom(count);
    return IntStream.range(0, count)
        .mapToObj(
            row -> {
              byte[] vector = new byte[Float.BYTES * dimension];
              random.nextBytes(vector);
              return vector;
            })
        .toList();
  }

  private static <T> List<T> values(int count, IntFunction<T> value) {
    return IntStream.range(0, count).mapToObj(value).toList();
  }

  /** Adds a file that was written for another segment. */
  private void copy(long segment, long field, int rows, long from, long to, ByteBuffer file)
      throws Exception {
    file.duplicate().order(ByteOrder.LITTLE_ENDIAN).putLong(SEGMENT_PLACE, segment);
    source.file(segment, field, rows, from, to, file.duplicate());
  }

  private void importTenMillionRows() throws Exception {
    int rows = 250_000;
    long time = 777;
    schema(field("id", "Int64", 0), field("vector", "FloatVector", 8));
    ByteBuffer times = WrittenFiles.usual(1, 1, Collections.nCopies(rows, time));
    ByteBuffer vectors = WrittenFiles.usual(1, 101, vectors(rows, 8));
    ByteBuffer ids = WrittenFiles.usual(1, 0, numbers(0, rows));
    ByteBuffer keys = WrittenFiles.usual(1, 100, numbers(0, rows));
    for (long segment = 1; segment <= 40; segment++) {
      copy(segment, 0, rows, time, time, ids);
      copy(segment, 1, rows, time, time, times);
      copy(segment, 100, rows, time, time, keys);
      copy(segment, 101, rows, time, time, vectors);
      source.segment(segment).setNumOfRows(rows);
    }
  }

  @Test
  void tenMillionImportedRowsOfOneTimestampAreRead() throws Exception {
    importTenMillionRows();

    SmallHeap.Result result = SmallHeap.read(source);
    assertThat(result.rows()).isEqualTo(10_000_000);
    assertThat(result.largest()).isEqualTo(result.bytes()).isGreaterThan(300 << 20);
  }

  @Test
  void tenMillionImportedRowsOfOneTimestampAreCopiedWithATransform() throws Exception {
    importTenMillionRows();

    assertThat(SmallHeap.run(source, SmallCopy.class)).endsWith(" 9375000");
  }

  @Test
  void twentyColumnsAreRead() throws Exception {
    int rows = 100_000;
    List<WrittenField> fields = new ArrayList<>();
    fields.add(field("id", "Int64", 0));
    List<ByteBuffer> files = new ArrayList<>();
    files.add(WrittenFiles.usual(1, 100, numbers(0, rows)));
    SplittableRandom random = new SplittableRandom(1);
    for (long id = 101; id < 119; id++) {
      String type = List.of("Int64", "Double", "VarChar").get((int) (id % 3));
      IntFunction<Object> value =
          switch (type) {
            case "Int64" -> row -> random.nextLong();
            case "Double" -> row -> random.nextDouble();
            default -> row -> Long.toString(random.nextLong(), 36).repeat(8);
          };
      fields.add(field("f" + id, type, 0));
      files.add(WrittenFiles.usual(1, id, values(rows, value)));
    }
    fields.add(field("vector", "FloatVector", 128));
    files.add(WrittenFiles.usual(1, 119, vectors(rows, 128)));
    schema(fields.toArray(WrittenField[]::new));
    for (int part = 0; part < 4; part++) {
      long from = 1 + (long) part * rows;
      long to = from + rows - 1;
      ByteBuffer times = WrittenFiles.usual(1, 1, numbers(from, rows));
      copy(1, 1, rows, from, to, times);
      copy(1, 0, rows, from, to, WrittenFiles.usual(1, 0, numbers(from, rows)));
      for (int i = 0; i < files.size(); i++) {
        copy(1, 100 + i, rows, from, to, files.get(i));
      }
    }
    source.segment(1).setNumOfRows(4L * rows);

    SmallHeap.Result result = SmallHeap.read(source);
    assertThat(result.rows()).isEqualTo(4L * rows);
    assertThat(result.bytes()).isGreaterThan(400 << 20);
  }

  @Test
  void vectorsWithTheMostDimensionsAreRead() throws Exception {
    int rows = 512;
    schema(field("id", "Int64", 0), field("vector", "FloatVector", 32_768));
    List<byte[]> vectors = new ArrayList<>(vectors(rows, 32_768));
    List<ByteBuffer> wide = new ArrayList<>();
    wide.add(WrittenFiles.wide(1, 101, false, vectors));
    wide.add(WrittenFiles.wide(1, 101, true, vectors));
    // A repeated value needs the whole dictionary.
    vectors.set(rows - 1, vectors.get(0));
    wide.add(WrittenFiles.wide(1, 101, true, vectors));
    for (int part = 0; part < 8; part++) {
      // Two parts have rows of the same time.
      long from = 1 + (long) (part / 2) * rows;
      long to = from + rows - 1;
      for (long field : new long[] {0, 1, 100}) {
        copy(1, field, rows, from, to, WrittenFiles.usual(1, field, numbers(from, rows)));
      }
      copy(1, 101, rows, from, to, wide.get(part % 3));
    }
    source.segment(1).setNumOfRows(8L * rows);

    SmallHeap.Result result = SmallHeap.read(source);
    assertThat(result.rows()).isEqualTo(8L * rows);
    assertThat(result.bytes()).isGreaterThan(512 << 20);
  }

  private void deletes(String keyType, int files, LongFunction<String> json, List<?> keys)
      throws Exception {
    schema(field("id", keyType, 0), field("vector", "FloatVector", 8));
    int rows = keys.size();
    source.file(1, 0, rows, 1, rows, WrittenFiles.usual(1, 0, numbers(0, rows)));
    source.file(1, 1, rows, 1, rows, WrittenFiles.usual(1, 1, numbers(1, rows)));
    source.file(1, 100, rows, 1, rows, WrittenFiles.usual(1, 100, keys));
    source.file(1, 101, rows, 1, rows, WrittenFiles.usual(1, 101, vectors(rows, 8)));
    source.segment(1).setNumOfRows(rows);
    int inFile = 500_000;
    for (int file = 0; file < files; file++) {
      long first = (long) file * inFile;
      List<String> texts = LongStream.range(first, first + inFile).mapToObj(json::apply).toList();
      source.write("delta_log/7/70/1/" + (file + 1), WrittenFiles.usual(0, -1, texts));
    }
  }

  @Test
  void tenMillionDeletesByIntegersAreApplied() throws Exception {
    // Every 64th row is there, because its key was never deleted.
    int rows = 256_000;
    deletes(
        "Int64",
        20,
        key -> "{\"pk\":%d,\"ts\":%d,\"pkType\":5}".formatted(key, 1_000_000 + key),
        values(rows, row -> row % 64 == 0 ? -1L - row : (long) row * 39));

    assertThat(SmallHeap.read(source).rows()).isEqualTo(rows / 64);
  }

  @Test
  void threeMillionDeletesByTextsAreApplied() throws Exception {
    int rows = 256_000;
    deletes(
        "VarChar",
        6,
        key ->
            "{\"pk\":\"customer-%016d\",\"ts\":%d,\"pkType\":21}".formatted(key, 1_000_000 + key),
        values(
            rows, row -> "customer-%016d".formatted(row % 64 == 0 ? -1L - row : (long) row * 11)));

    assertThat(SmallHeap.read(source).rows()).isEqualTo(rows / 64);
  }
}
