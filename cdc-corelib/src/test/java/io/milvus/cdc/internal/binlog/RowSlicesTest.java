package io.milvus.cdc.internal.binlog;

import static org.assertj.core.api.Assertions.assertThat;

import io.milvus.cdc.internal.wire.Address;
import io.milvus.cdc.internal.wire.InsertColumns;
import io.milvus.cdc.internal.wire.InsertMessage;
import io.milvus.cdc.internal.wire.SchemaField;
import io.milvus.grpc.ScalarField;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import milvus.proto.msg.Msg;
import org.junit.jupiter.api.Test;

class RowSlicesTest {
  private static final String DIRECTORY = "binlogs-2.3.5/";
  private static final long FIRST = 446893535390769152L;

  private static final Address ROWS =
      new Address("dml_0", "dml_0_7v0", "db", "docs", 7, "_default", 8);

  /** The fields of the golden files. */
  private static final List<SchemaField> FIELDS =
      List.of(
          field(100, "Int64", "", 0, true),
          field(101, "Bool", "", 0, false),
          field(102, "Int8", "", 0, false),
          field(103, "Int16", "", 0, false),
          field(104, "Int32", "", 0, false),
          field(105, "Float", "", 0, false),
          field(106, "Double", "", 0, false),
          field(107, "VarChar", "", 0, false),
          field(108, "JSON", "", 0, false),
          field(109, "Array", "Int64", 0, false),
          field(110, "FloatVector", "", 128, false),
          field(111, "BinaryVector", "", 128, false),
          field(112, "Float16Vector", "", 4, false));

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

  private static SchemaField field(
      long id, String type, String elements, int dimension, boolean key) {
    Map<String, String> parameters =
        dimension == 0 ? Map.of() : Map.of("dim", Integer.toString(dimension));
    return new SchemaField(id, "f" + id, type, elements, key, false, false, false, parameters);
  }

  private static long id(String name) {
    return Long.parseLong(name.substring(0, name.indexOf('-')));
  }

  private static RowFiles golden() {
    Map<Long, ByteSource> files = new HashMap<>();
    for (String name : NAMES) {
      files.put(id(name), Binlogs.golden(DIRECTORY + name));
    }
    return new RowFiles(ROWS, WrittenBinlog.SEGMENT, FIELDS, files);
  }

  private static List<Object> golden(String name) throws IOException {
    return Binlogs.values(Binlogs.golden(DIRECTORY + name));
  }

  static List<RowSlice> all(RowFiles files, DeletedRows deleted) throws IOException {
    return all(files, deleted, new TimeBuckets(0, Long.MAX_VALUE));
  }

  static List<RowSlice> all(RowFiles files, DeletedRows deleted, TimeBuckets buckets)
      throws IOException {
    List<RowSlice> slices = new ArrayList<>();
    try (RowSlices rows = RowSlices.open(files, deleted, buckets)) {
      for (RowSlice slice = rows.next(); slice != null; slice = rows.next()) {
        slices.add(slice);
      }
      assertThat(rows.next()).isNull();
    }
    return slices;
  }

  private static List<Long> rowIds(List<RowSlice> slices) throws IOException {
    List<Long> ids = new ArrayList<>();
    for (RowSlice slice : slices) {
      ids.addAll(Msg.InsertRequest.parseFrom(slice.message()).getRowIDsList());
    }
    return ids;
  }

  @Test
  void rowsKeepTheirIdsAndTimestampsUnderTheirAddress() throws IOException {
    List<RowSlice> slices = all(golden(), Binlogs.deletedUpTo(Long.MAX_VALUE));

    assertThat(slices).hasSize(1);
    RowSlice slice = slices.get(0);
    assertThat(slice.rows()).isEqualTo(1000);
    assertThat(slice.first()).isZero();
    assertThat(slice.newest()).isEqualTo(FIRST + 9);
    Msg.InsertRequest message = Msg.InsertRequest.parseFrom(slice.message());
    assertThat(message.getBase().getMsgTypeValue()).isEqualTo(400);
    assertThat(message.getBase().getTimestamp()).isEqualTo(FIRST + 9);
    assertThat(message.getShardName()).isEqualTo("dml_0_7v0");
    assertThat(message.getDbName()).isEqualTo("db");
    assertThat(message.getCollectionName()).isEqualTo("docs");
    assertThat(message.getPartitionName()).isEqualTo("_default");
    assertThat(message.getCollectionID()).isEqualTo(7);
    assertThat(message.getPartitionID()).isEqualTo(8);
    assertThat(message.getNumRows()).isEqualTo(1000);
    assertThat(message.getVersion()).isEqualTo(Msg.InsertDataVersion.ColumnBased);
    assertThat(message.getRowIDsList()).isEqualTo(golden("0-rowid"));
    assertThat(message.getTimestampsList()).isEqualTo(golden("1-timestamp"));
    assertThat(message.getFieldsDataList())
        .extracting(field -> field.getFieldId())
        .isEqualTo(FIELDS.stream().map(SchemaField::id).toList());
    assertThat(message.getUnknownFields().asMap()).isEmpty();
  }

  @Test
  void everyKindOfColumnHasTheValuesOfItsBinlog() throws IOException {
    byte[] message = all(golden(), Binlogs.deletedUpTo(Long.MAX_VALUE)).get(0).message();
    InsertColumns columns = InsertColumns.parse(message);

    assertThat(columns.rows()).isEqualTo(1000);
    for (String name : NAMES.subList(2, NAMES.size())) {
      List<Object> expected = golden(name);
      String column = "f" + id(name);
      assertThat(columns.id(column)).isEqualTo(id(name));
      for (int row = 0; row < 1000; row++) {
        assertThat(columns.value(column, row))
            .as("%s %d", name, row)
            .isEqualTo(java(columns.type(column), expected.get(row)));
      }
    }
    InsertMessage parsed = InsertMessage.parse(message);
    assertThat(parsed.rows()).isEqualTo(1000);
    assertThat(parsed.timestamp()).isEqualTo(FIRST + 9);
    assertThat(parsed.keys(100).getIntId().getDataList()).isEqualTo(golden("100-int64"));
  }

  private static Object java(String type, Object value) throws IOException {
    return switch (type) {
      case "VarChar", "JSON" -> Binlogs.text(value);
      case "Array" -> ScalarField.parseFrom((byte[]) value).getLongData().getDataList();
      case "FloatVector" -> floats((byte[]) value);
      default -> value;
    };
  }

  private static float[] floats(byte[] bytes) {
    float[] floats = new float[bytes.length / Float.BYTES];
    ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN).asFloatBuffer().get(floats);
    return floats;
  }

  @Test
  void rowsAfterTheCutAreLeftOut() throws IOException {
    List<RowSlice> slices = all(golden(), Binlogs.deletedUpTo(FIRST + 4));

    assertThat(rowIds(slices)).isEqualTo(golden("0-rowid").subList(0, 500));
    assertThat(slices.get(0).newest()).isEqualTo(FIRST + 4);
    assertThat(all(golden(), Binlogs.deletedUpTo(FIRST - 1))).isEmpty();
  }

  @Test
  void rowsThatWereDeletedUpToTheCutAreLeftOut() throws IOException {
    for (long cut = FIRST - 1; cut < FIRST + 60; cut += 7) {
      DeletedRows deleted = Binlogs.deletedUpTo(cut);
      deleted.addAll(Binlogs.golden(DIRECTORY + "delta-int64"));
      List<Object> keys = golden("100-int64");
      List<Object> timestamps = golden("1-timestamp");
      List<Object> ids = golden("0-rowid");
      List<Object> expected = new ArrayList<>();
      for (int row = 0; row < 1000; row++) {
        long timestamp = (Long) timestamps.get(row);
        // The golden deltalog deletes key k at FIRST + k.
        long delete = FIRST + (Long) keys.get(row);
        if (timestamp <= cut && !(timestamp < delete && delete <= cut)) {
          expected.add(ids.get(row));
        }
      }

      assertThat(rowIds(all(golden(), deleted))).isEqualTo(expected);
    }
  }

  @Test
  void rowsWithTextKeysAreDeletedAlike() throws IOException {
    List<SchemaField> fields =
        Stream.of(field(100, "Int64", "", 0, false), field(107, "VarChar", "", 0, true)).toList();
    Map<Long, ByteSource> files = new HashMap<>(golden().binlogs());
    files.keySet().removeIf(id -> id > 100 && id != 107);
    RowFiles rows = new RowFiles(ROWS, WrittenBinlog.SEGMENT, fields, files);
    DeletedRows deleted = Binlogs.deletedUpTo(Long.MAX_VALUE);
    deleted.add(Binlogs.utf8("key-7-é"), FIRST + 1);
    deleted.add(Binlogs.utf8("key-14-é"), FIRST);

    assertThat(rowIds(all(rows, deleted)))
        .hasSize(999)
        .doesNotContain((Long) golden("0-rowid").get(1))
        .contains((Long) golden("0-rowid").get(2));
  }

  @Test
  void rowsOfAStretchOfTimeComeInItsBuckets() throws IOException {
    TimeBuckets buckets = new TimeBuckets(FIRST + 1, FIRST + 2, FIRST + 5);
    List<RowSlice> slices = all(golden(), Binlogs.deletedUpTo(Long.MAX_VALUE), buckets);

    assertThat(slices).extracting(RowSlice::bucket).containsExactly(0, 1);
    assertThat(slices).extracting(RowSlice::first).containsExactly(200L, 300L);
    assertThat(slices).extracting(RowSlice::newest).containsExactly(FIRST + 2, FIRST + 5);
    assertThat(rowIds(slices.subList(0, 1))).isEqualTo(golden("0-rowid").subList(200, 300));
    assertThat(rowIds(slices.subList(1, 2))).isEqualTo(golden("0-rowid").subList(300, 600));
  }

  @Test
  void theRangeOfAllTimesIsKnownAfterwards() throws IOException {
    try (RowSlices rows =
        RowSlices.open(golden(), Binlogs.deletedUpTo(Long.MAX_VALUE), new TimeBuckets(0, 1))) {
      assertThat(rows.next()).isNull();
      assertThat(rows.oldest()).isEqualTo(FIRST);
      assertThat(rows.newest()).isEqualTo(FIRST + 9);
    }
    List<Object> times = new ArrayList<>();
    RowTimes.each(Binlogs.golden(DIRECTORY + "1-timestamp"), WrittenBinlog.SEGMENT, times::add);
    assertThat(times).isEqualTo(golden("1-timestamp"));
  }

  @Test
  void deletesOfTwoSetsAreApplied() throws IOException {
    List<Object> keys = golden("100-int64");
    DeletedRows common = Binlogs.deletedUpTo(Long.MAX_VALUE);
    common.add((Long) keys.get(3), Long.MAX_VALUE);
    DeletedRows deleted = new DeletedRows(common);
    deleted.add((Long) keys.get(5), Long.MAX_VALUE);

    List<Object> expected = new ArrayList<>();
    for (int row = 0; row < keys.size(); row++) {
      if (!keys.get(row).equals(keys.get(3)) && !keys.get(row).equals(keys.get(5))) {
        expected.add(golden("0-rowid").get(row));
      }
    }
    assertThat(expected).hasSizeBetween(1, 998);
    assertThat(rowIds(all(golden(), deleted))).isEqualTo(expected);
  }
}
