package io.milvus.cdc.internal.binlog;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.management.ThreadMXBean;
import io.milvus.cdc.error.SourceException;
import io.milvus.cdc.internal.binlog.WrittenColumns.Form;
import io.milvus.cdc.testkit.Seeded;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.List;
import org.apache.parquet.schema.PrimitiveType.PrimitiveTypeName;
import org.apache.parquet.schema.Types;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DamagedBinlogTest {
  private static final List<String> SMALL =
      List.of(
          "binlogs-2.3.5/0-rowid",
          "binlogs-2.3.5/1-timestamp",
          "binlogs-2.3.5/100-int64",
          "binlogs-2.3.5/101-bool",
          "binlogs-2.3.5/107-varchar",
          "binlogs-2.3.5/108-json",
          "binlogs-2.3.5/delta-int64",
          "binlogs-2.5/102-nullable-varchar",
          "binlogs-2.5/105-nullable-float");

  /** More than any of these files needs, and less than a damaged length could ask for. */
  private static final long MOST_ALLOCATED = 24 << 20;

  private static ByteSource file(String name, byte[] bytes) {
    return ByteSource.of(name, ByteBuffer.wrap(bytes));
  }

  private static ByteSource changed(int place, int width, long value) {
    ByteBuffer bytes =
        ByteBuffer.wrap(Binlogs.bytes("binlogs-2.3.5/1-timestamp")).order(ByteOrder.LITTLE_ENDIAN);
    if (width == Integer.BYTES) {
      bytes.putInt(place, (int) value);
    } else {
      bytes.put(place, (byte) value);
    }
    return ByteSource.of("1-timestamp", bytes);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          0   | 4 | 1  | it begins with 0x00000001, not with 0x00fffabc
          12  | 1 | 3  | its first event is of type 3
          13  | 4 | -1 | its first event ends at byte 3 with 23 bytes of JSON, and the file has 518
          13  | 4 | 515 | its first event ends at byte 519 with 23 bytes of JSON
          81  | 4 | -1 | with -1 bytes of JSON
          81  | 4 | 24 | its first event ends at byte 108 with 24 bytes of JSON
          85  | 1 | 0  | its first event has no JSON
          116 | 1 | 2  | the event at byte 108 is of type 2, not 1
          116 | 1 | 7  | the event at byte 108 is of type 7, not 1
          117 | 4 | 32 | the event at byte 108 has a length of 32, and 410 bytes are left
          117 | 4 | -5 | the event at byte 108 has a length of -5, and 410 bytes are left
          117 | 4 | 411 | the event at byte 108 has a length of 411, and 410 bytes are left
          117 | 4 | 400 | the event at byte 508 has only 10 bytes
          510 | 4 | 2000000000 | its Parquet file of 377 bytes has no footer
          510 | 4 | -1 | its Parquet file of 377 bytes has no footer
          514 | 1 | 0  | its Parquet file of 377 bytes has no footer
          """)
  void aDamagedHeaderIsRefusedWithItsPlace(int place, int width, long value, String words) {
    assertThatExceptionOfType(SourceException.class)
        .isThrownBy(() -> Binlogs.values(changed(place, width, value)))
        .withMessageStartingWith("Binlog 1-timestamp is damaged: ")
        .withMessageContaining(words)
        .withMessageEndingWith(
            "Restore this file in the source's object storage, then resume the task.");
  }

  @Test
  void anEncryptedBinlogIsRefused() {
    String extras = "{\"original_size\":\"1\",\"edek\":\"c2VjcmV0\",\"ezID\":\"7\"}";
    ByteSource file = ByteSource.of("log", WrittenBinlog.bytes(100, extras, 1, new byte[50]));

    assertThatExceptionOfType(SourceException.class)
        .isThrownBy(() -> Binlogs.values(file))
        .withMessage(
            "Binlog log cannot be read: it is encrypted by a key of its Milvus. Copy the rows of"
                + " its collection with Milvus's backup tool, or leave the collection out.");
  }

  @Test
  void aBinlogWithoutDataIsRefused() {
    ByteSource file = ByteSource.of("log", WrittenBinlog.bytes(100, "{}", 1));

    assertThatThrownBy(() -> Binlogs.values(file)).hasMessageContaining("it has no data");
  }

  @Test
  void encodingsThatNoMilvusWritesAreRefusedByName() throws IOException {
    byte[] parquet =
        WrittenColumns.of(
                new Form(false, false, true, 1000),
                Types.required(PrimitiveTypeName.INT64).named("val"))
            .row(1L)
            .file();
    // Behind the magic: type, two sizes and the number of values, two bytes each but for a mark.
    parquet[14] = 10;

    assertThatExceptionOfType(SourceException.class)
        .isThrownBy(() -> Binlogs.values(WrittenBinlog.insert(100, parquet)))
        .withMessageContaining("its Parquet encoding is DELTA_BINARY_PACKED");
  }

  @Test
  void everyFileThatEndsEarlyIsRefused() {
    for (String name : SMALL) {
      byte[] whole = Binlogs.bytes(name);
      for (int length = 0; length < whole.length; length++) {
        ByteSource cut = file(name, Arrays.copyOf(whole, length));
        assertThatThrownBy(() -> Binlogs.values(cut))
            .as("%s, %d bytes", name, length)
            .isInstanceOf(SourceException.class)
            .hasMessageStartingWith("Binlog ");
      }
    }
  }

  @Test
  void anyDamageIsRefusedOrChangesValuesOnly() {
    ThreadMXBean thread = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    Seeded.times(
        3_000,
        random -> {
          String name = SMALL.get(random.nextInt(SMALL.size()));
          byte[] bytes = Binlogs.bytes(name);
          for (int i = 1 + random.nextInt(3); i > 0; i--) {
            int place = random.nextInt(bytes.length);
            bytes[place] = (byte) random.nextInt();
          }
          long before = thread.getCurrentThreadAllocatedBytes();
          try {
            int rows = Binlogs.values(file(name, bytes)).size();
            assertThat(rows).isLessThan(10_000);
          } catch (SourceException e) {
            assertThat(e).hasMessageStartingWith("Binlog " + name).hasMessageContaining(": ");
          }
          assertThat(thread.getCurrentThreadAllocatedBytes() - before).isLessThan(MOST_ALLOCATED);
        });
  }
}
