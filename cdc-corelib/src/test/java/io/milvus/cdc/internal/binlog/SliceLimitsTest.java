package io.milvus.cdc.internal.binlog;

import static org.apache.parquet.schema.PrimitiveType.PrimitiveTypeName.BINARY;
import static org.apache.parquet.schema.PrimitiveType.PrimitiveTypeName.FIXED_LEN_BYTE_ARRAY;
import static org.apache.parquet.schema.PrimitiveType.PrimitiveTypeName.FLOAT;
import static org.apache.parquet.schema.PrimitiveType.PrimitiveTypeName.INT64;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIOException;

import io.milvus.cdc.error.SourceException;
import io.milvus.cdc.internal.binlog.WrittenColumns.Form;
import io.milvus.cdc.internal.wire.Address;
import io.milvus.cdc.internal.wire.InsertColumns;
import io.milvus.cdc.internal.wire.SchemaField;
import io.milvus.grpc.FieldData;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.IntFunction;
import java.util.stream.LongStream;
import milvus.proto.msg.Msg;
import org.apache.parquet.schema.PrimitiveType;
import org.apache.parquet.schema.Types;
import org.junit.jupiter.api.Test;

/** Rows that the golden files do not have. */
class SliceLimitsTest {
  private static final Address ROWS =
      new Address("dml_0", "dml_0_7v0", "db", "docs", 7, "_default", 8);

  private static final PrimitiveType LONG = Types.required(INT64).named("val");
  private static final DeletedRows NONE = Binlogs.deletedUpTo(Long.MAX_VALUE);

  private final List<SchemaField> fields = new ArrayList<>();
  private final Map<Long, ByteSource> files = new HashMap<>();
  private int rows;

  private static SchemaField field(long id, String type, boolean nullable, int dimension) {
    return new SchemaField(
        id,
        "f" + id,
        type,
        "",
        id == 100,
        false,
        false,
        nullable,
        Map.of("dim", Integer.toString(dimension)));
  }

  /** Writes the system columns and the key, all of which are the row's number plus 1. */
  private void rows(int count) throws IOException {
    rows = count;
    for (long id : new long[] {0, 1, 100}) {
      file(id, LONG, row -> row + 1L);
    }
    fields.add(field(100, "Int64", false, 0));
  }

  private void file(long id, PrimitiveType type, IntFunction<?> value) throws IOException {
    WrittenColumns columns = WrittenColumns.of(Form.usual(), type);
    for (int row = 0; row < rows; row++) {
      columns.row(new Object[] {value.apply(row)});
    }
    files.put(id, WrittenBinlog.insert(id, columns.file()));
  }

  private RowFiles files() {
    return new RowFiles(ROWS, WrittenBinlog.SEGMENT, fields, files);
  }

  private List<RowSlice> all() throws IOException {
    return RowSlicesTest.all(files(), NONE);
  }

  private void refused(String words) {
    assertThatExceptionOfType(SourceException.class)
        .isThrownBy(this::all)
        .withMessageContaining(words);
  }

  @Test
  void aSliceHasAtMostTwentyThousandRows() throws IOException {
    rows(45_000);

    assertThat(all()).extracting(RowSlice::rows).containsExactly(20_000, 20_000, 5_000);
    assertThat(all()).extracting(RowSlice::first).containsExactly(0L, 20_000L, 40_000L);
    assertThat(all()).extracting(RowSlice::newest).containsExactly(20_000L, 40_000L, 45_000L);
  }

  @Test
  void aSliceEndsWithTheRowThatReachesOneMegabyte() throws IOException {
    rows(100);
    fields.add(field(101, "FloatVector", false, 8192));
    file(
        101,
        Types.required(FIXED_LEN_BYTE_ARRAY).length(32768).named("val"),
        row -> ByteBuffer.allocate(32768).putInt(row).array());

    assertThat(all()).extracting(RowSlice::rows).containsExactly(32, 32, 32, 4);
    assertThat(all().get(0).message().length).isBetween(1 << 20, (1 << 20) + 1000);
    List<RowSlice> rest = RowSlicesTest.all(files(), NONE, new TimeBuckets(64, Long.MAX_VALUE));
    assertThat(rest).extracting(RowSlice::rows).containsExactly(32, 4);
    assertThat(rest.get(0).message()).isEqualTo(all().get(2).message());
  }

  @Test
  void messagesOfManyBucketsAreLimitedTogether() throws IOException {
    rows(3000);
    fields.add(field(101, "FloatVector", false, 2048));
    file(
        101,
        Types.required(FIXED_LEN_BYTE_ARRAY).length(8192).named("val"),
        row -> ByteBuffer.allocate(8192).putInt(row).array());
    // Row i belongs to bucket i % 100.
    file(1, LONG, row -> 1L + row % 100);
    long[] ends = LongStream.rangeClosed(1, 100).toArray();
    List<RowSlice> slices = RowSlicesTest.all(files(), NONE, new TimeBuckets(0, ends));

    assertThat(slices.stream().mapToInt(RowSlice::rows).sum()).isEqualTo(3000);
    assertThat(slices).hasSizeBetween(120, 160);
    for (RowSlice slice : slices) {
      Msg.InsertRequest message = Msg.InsertRequest.parseFrom(slice.message());
      assertThat(message.getTimestampsList()).containsOnly(slice.bucket() + 1L);
      assertThat(message.getRowIDs(0)).isEqualTo(slice.first() + 1);
    }
  }

  @Test
  void nullsAreMarkedAndHaveZeros() throws IOException {
    rows(5);
    fields.add(field(101, "Float", true, 0));
    fields.add(field(102, "VarChar", true, 0));
    fields.add(field(103, "Int64", true, 0));
    file(101, Types.optional(FLOAT).named("101"), row -> row % 2 == 0 ? null : row * 1.5f);
    file(102, Types.optional(BINARY).named("102"), row -> row == 1 ? null : "t" + row);
    // Compaction of 2.5 writes optional columns even if there is no null.
    file(103, Types.required(INT64).named("103"), row -> 7L);

    InsertColumns columns = InsertColumns.parse(all().get(0).message());
    assertThat(columns.value("f101", 0)).isNull();
    assertThat(columns.value("f101", 3)).isEqualTo(4.5f);
    assertThat(columns.value("f102", 1)).isNull();
    assertThat(columns.value("f102", 2)).isEqualTo("t2");
    assertThat(columns.value("f103", 4)).isEqualTo(7L);
    FieldData floats = Msg.InsertRequest.parseFrom(all().get(0).message()).getFieldsData(1);
    assertThat(floats.getValidDataList()).containsExactly(false, true, false, true, false);
    assertThat(floats.getScalars().getFloatData().getDataList())
        .containsExactly(0f, 1.5f, 0f, 4.5f, 0f);
  }

  @Test
  void sparseVectorsHaveTheirDimension() throws IOException {
    rows(3);
    fields.add(field(101, "SparseFloatVector", false, 0));
    file(101, Types.required(BINARY).named("val"), SliceLimitsTest::sparse);

    FieldData vectors = Msg.InsertRequest.parseFrom(all().get(0).message()).getFieldsData(1);
    assertThat(vectors.getVectors().getDim()).isEqualTo(201);
    assertThat(vectors.getVectors().getSparseFloatVector().getDim()).isEqualTo(201);
    assertThat(vectors.getVectors().getSparseFloatVector().getContents(1).toByteArray())
        .isEqualTo(sparse(1));
  }

  private static byte[] sparse(int row) {
    ByteBuffer pairs = ByteBuffer.allocate(16).order(ByteOrder.LITTLE_ENDIAN);
    return pairs.putInt(row).putFloat(1).putInt(100 * row).putFloat(2).array();
  }

  @Test
  void dynamicFieldsAreMarked() throws IOException {
    rows(1);
    fields.add(new SchemaField(101, "$meta", "JSON", "", false, false, false, false, Map.of()));
    file(101, Types.required(BINARY).named("val"), row -> "{}");

    Msg.InsertRequest message = Msg.InsertRequest.parseFrom(all().get(0).message());
    assertThat(message.getFieldsData(1).getIsDynamic()).isTrue();
    assertThat(message.getFieldsData(0).getIsDynamic()).isFalse();
  }

  @Test
  void aNullInAFieldWithoutNullsIsRefused() throws IOException {
    rows(2);
    fields.add(field(101, "Float", false, 0));
    file(101, Types.optional(FLOAT).named("101"), row -> null);

    refused("Binlog insert_log/101 is damaged: it has a null, and field f101 cannot hold null.");
  }

  @Test
  void filesWithoutTheSameRowsAreRefused() throws IOException {
    rows(2);
    rows = 3;
    file(100, LONG, row -> 1L);
    refused(
        "Binlog insert_log/100 is damaged: it has more rows than insert_log/1, of which 2 were read");
    rows = 1;
    file(100, LONG, row -> 1L);
    refused("Binlog insert_log/100 is damaged: it has fewer rows than insert_log/1, of which 2");
  }

  @Test
  void filesOfOtherFieldsAreRefused() throws IOException {
    rows(2);
    fields.add(field(101, "Int64", false, 0));
    refused("Segment 446893535390500100 has no binlog of field 101.");
    files.put(101L, files.get(100L));
    refused("it has field 100 of segment 446893535390500100, not field 101 of segment");
    file(101, LONG, row -> 1L);
    assertThat(all()).hasSize(1);
    fields.remove(1);
    refused("and the collection has other fields");
  }

  @Test
  void valuesOfAnotherTypeAreRefused() throws IOException {
    rows(2);
    fields.add(field(101, "FloatVector", false, 4));
    file(101, Types.required(FIXED_LEN_BYTE_ARRAY).length(8).named("val"), row -> new byte[8]);
    refused("its values are of type required fixed_len_byte_array(8) val, and field f101 is");
    file(101, LONG, row -> 1L);
    refused("its values are of type required int64 val, and field f101 is FloatVector");
  }

  @Test
  void fieldsOfLaterVersionsAreRefused() throws IOException {
    rows(2);
    fields.add(field(101, "Geometry", false, 0));
    file(101, Types.required(BINARY).named("val"), row -> "POINT(1 1)");
    refused("Binlog insert_log/101 cannot be read: field f101 has the type Geometry.");
  }

  @Test
  void aFailureOfTheStorageIsNoDamage() throws IOException {
    rows(10);
    ByteSource whole = files.get(100L);
    files.put(
        100L,
        new ByteSource() {
          private int reads;

          @Override
          public String name() {
            return whole.name();
          }

          @Override
          public long size() {
            return whole.size();
          }

          @Override
          public ByteBuffer read(long offset, int length) throws IOException {
            // The envelope and the footer need six reads.
            if (++reads > 6) {
              throw new IOException("connection reset");
            }
            return whole.read(offset, length);
          }
        });

    assertThatIOException().isThrownBy(this::all).withMessage("connection reset");
  }
}
