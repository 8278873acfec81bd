package io.milvus.cdc.internal.binlog;

import static org.apache.parquet.schema.PrimitiveType.PrimitiveTypeName.BINARY;
import static org.apache.parquet.schema.PrimitiveType.PrimitiveTypeName.FIXED_LEN_BYTE_ARRAY;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.sun.management.ThreadMXBean;
import io.milvus.cdc.error.SourceException;
import io.milvus.cdc.internal.binlog.WrittenColumns.Form;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.apache.parquet.schema.PrimitiveType;
import org.apache.parquet.schema.Types;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Go's writer ends no page before 1,024 values, so that wide vectors have pages of many MB. */
class LargePageTest {
  private static final int WIDTH = 32_768 * Float.BYTES;
  private static final PrimitiveType VECTOR =
      Types.required(FIXED_LEN_BYTE_ARRAY).length(WIDTH).named("val");
  private static final PrimitiveType TEXT = Types.optional(BINARY).named("val");

  private static Form onePage(boolean secondVersion, boolean compressed) {
    return new Form(secondVersion, false, compressed, 1 << 30);
  }

  private static byte[] vector(int seed) {
    byte[] vector = new byte[WIDTH];
    new SplittableRandom(seed).nextBytes(vector);
    return vector;
  }

  private static ByteSource vectors(Form form, int count) throws IOException {
    WrittenColumns columns = WrittenColumns.of(form, VECTOR);
    for (int row = 0; row < count; row++) {
      columns.row((Object) vector(row % 7));
    }
    return WrittenBinlog.insert(100, columns.file());
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void wideVectorsAreReadOneByOne(boolean compressed) throws IOException {
    ByteSource file = vectors(onePage(false, compressed), 256);
    ThreadMXBean thread = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    long before = thread.getCurrentThreadAllocatedBytes();
    int rows = 0;
    boolean same = true;
    ByteBuffer[] expected = new ByteBuffer[7];
    Binlog binlog = Binlog.open(file, Binlog.Kind.INSERT);
    try (ColumnCursor cursor = Columns.open(file, binlog, 1).get(0)) {
      while (cursor.next()) {
        if (rows % 3 != 0) {
          if (expected[rows % 7] == null) {
            expected[rows % 7] = ByteBuffer.wrap(vector(rows % 7));
          }
          same &= cursor.readBytes().equals(expected[rows % 7]);
        }
        rows++;
      }
    }

    assertThat(rows).isEqualTo(256);
    assertThat(same).isTrue();
    // The page has 32 MiB.
    assertThat(thread.getCurrentThreadAllocatedBytes() - before).isLessThan(4 << 20);
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void longTextsWithNullsAreReadOneByOne(boolean secondVersion) throws IOException {
    WrittenColumns columns = WrittenColumns.of(onePage(secondVersion, true), TEXT);
    SplittableRandom random = new SplittableRandom(1);
    List<Object> expected = new ArrayList<>();
    for (int row = 0; row < 300; row++) {
      byte[] text = new byte[random.nextInt(65_536)];
      random.nextBytes(text);
      expected.add(row % 5 == 0 ? null : text);
      columns.row(expected.get(row));
    }
    ByteSource file = WrittenBinlog.insert(100, columns.file());

    assertThat(Binlogs.canonical(Binlogs.values(file))).isEqualTo(Binlogs.canonical(expected));
  }

  @ParameterizedTest
  @CsvSource({"100,true", "50,true", "100,false", "7,false"})
  void aLargeDictionaryIsRead(int different, boolean compressed) throws IOException {
    Form form = new Form(false, true, compressed, 1 << 20);
    WrittenColumns columns = WrittenColumns.of(form, 16 << 20, VECTOR);
    List<Object> expected = new ArrayList<>();
    for (int row = 0; row < 100; row++) {
      expected.add(vector(row % different));
      columns.row(expected.get(row));
    }
    ByteSource file = WrittenBinlog.insert(100, columns.file());

    assertThat(Binlogs.canonical(Binlogs.values(file))).isEqualTo(Binlogs.canonical(expected));
  }

  @Test
  void aLargeDictionaryOfDifferentValuesIsNeverInMemoryAsAWhole() throws IOException {
    WrittenColumns columns = WrittenColumns.of(Form.usual(), 64 << 20, VECTOR);
    for (int row = 0; row < 256; row++) {
      columns.row((Object) vector(row));
    }
    ByteSource file = WrittenBinlog.insert(100, columns.file());
    ThreadMXBean thread = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    long before = thread.getCurrentThreadAllocatedBytes();
    int rows = 0;
    int bytes = 0;
    Binlog binlog = Binlog.open(file, Binlog.Kind.INSERT);
    try (ColumnCursor cursor = Columns.open(file, binlog, 1).get(0)) {
      while (cursor.next()) {
        bytes += cursor.readBytes().remaining();
        rows++;
      }
    }

    assertThat(rows).isEqualTo(256);
    assertThat(bytes).isEqualTo(256 * WIDTH);
    assertThat(thread.getCurrentThreadAllocatedBytes() - before).isLessThan(4 << 20);
  }

  @Test
  void theChecksumOfALargePageIsChecked() throws IOException {
    ByteSource whole = vectors(onePage(false, true), 64);
    ByteBuffer bytes = whole.read(0, (int) whole.size());
    // A value in the middle, which is random and therefore not compressed.
    int place = bytes.capacity() / 2;
    bytes.put(place, (byte) ~bytes.get(place));

    assertThatExceptionOfType(SourceException.class)
        .isThrownBy(() -> Binlogs.values(whole))
        .withMessageStartingWith("Binlog insert_log/100 is damaged: a page cannot be decoded (");
  }
}
