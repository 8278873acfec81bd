package io.milvus.cdc.internal.binlog;

import static org.assertj.core.api.Assertions.assertThat;

import io.milvus.cdc.internal.binlog.WrittenColumns.Form;
import io.milvus.cdc.internal.wire.Address;
import io.milvus.cdc.internal.wire.InsertColumns;
import io.milvus.cdc.internal.wire.SchemaField;
import io.milvus.cdc.testkit.Seeded;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import milvus.proto.msg.Msg;
import org.apache.parquet.schema.PrimitiveType;
import org.apache.parquet.schema.PrimitiveType.PrimitiveTypeName;
import org.apache.parquet.schema.Type.Repetition;
import org.junit.jupiter.api.Test;

class RowSlicesPropertyTest {
  private static final int WIDTH = 16;
  private static final List<String> TYPES =
      List.of(
          "Bool", "Int8", "Int32", "Int64", "Float", "Double", "VarChar", "JSON", "BinaryVector");

  private static final Address ROWS =
      new Address("dml_0", "dml_0_7v0", "db", "docs", 7, "_default", 8);

  /** The rows of one life, as lists by field id, and the deletes. */
  private static final class Life {
    private final SplittableRandom random;
    private final List<SchemaField> fields = new ArrayList<>();
    private final Map<Long, List<Object>> values = new HashMap<>();
    private final Map<Long, ByteSource> files = new HashMap<>();
    private final int rows;
    private final long cut;
    private final DeletedRows deleted;
    private final Map<Object, Long> deletes = new HashMap<>();

    Life(SplittableRandom random) {
      this.random = random;
      rows = random.nextInt(1, 800);
      cut = random.nextLong(1, 120);
      deleted = Binlogs.deletedUpTo(cut);
    }

    void write() throws IOException {
      column(0, "Int64", false);
      column(1, "Int64", false);
      field(100, random.nextBoolean() ? "Int64" : "VarChar", false);
      for (long id = 101 + random.nextInt(6); id > 100; id--) {
        String type = TYPES.get(random.nextInt(TYPES.size()));
        field(id, type, !type.endsWith("Vector") && random.nextBoolean());
      }
      for (int i = random.nextInt(60); i > 0; i--) {
        delete(values.get(100L).get(random.nextInt(rows)), random.nextLong(1, 120));
      }
    }

    private void field(long id, String type, boolean nullable) throws IOException {
      Map<String, String> dim = Map.of("dim", Integer.toString(WIDTH * 8));
      fields.add(new SchemaField(id, "f" + id, type, "", id == 100, false, false, nullable, dim));
      column(id, type, nullable);
    }

    private void column(long id, String type, boolean nullable) throws IOException {
      // Compaction of 2.5 writes optional columns even if the field has no nulls.
      boolean optional = nullable || random.nextInt(4) == 0;
      WrittenColumns columns =
          WrittenColumns.of(
              new Form(
                  random.nextBoolean(),
                  random.nextBoolean(),
                  random.nextBoolean(),
                  1 << random.nextInt(8, 20)),
              new PrimitiveType(
                  optional ? Repetition.OPTIONAL : Repetition.REQUIRED,
                  physical(type),
                  WIDTH,
                  "val"));
      List<Object> all = new ArrayList<>();
      for (int row = 0; row < rows; row++) {
        Object value = nullable && random.nextInt(3) == 0 ? null : value(id, type);
        all.add(value);
        columns.row(value);
        if (random.nextInt(200) == 0) {
          columns.endGroup();
        }
      }
      values.put(id, all);
      files.put(id, WrittenBinlog.insert(id, columns.file()));
    }

    private static PrimitiveTypeName physical(String type) {
      return switch (type) {
        case "Bool" -> PrimitiveTypeName.BOOLEAN;
        case "Int8", "Int32" -> PrimitiveTypeName.INT32;
        case "Int64" -> PrimitiveTypeName.INT64;
        case "Float" -> PrimitiveTypeName.FLOAT;
        case "Double" -> PrimitiveTypeName.DOUBLE;
        case "BinaryVector" -> PrimitiveTypeName.FIXED_LEN_BYTE_ARRAY;
        default -> PrimitiveTypeName.BINARY;
      };
    }

    private Object value(long id, String type) {
      return switch (type) {
        case "Bool" -> random.nextBoolean();
        case "Int8" -> random.nextInt(-128, 128);
        case "Int32" -> random.nextInt();
        case "Int64" ->
            id == 1 ? random.nextLong(1, 120) : random.nextLong(-100, 100) << random.nextInt(50);
        case "Float" -> (float) random.nextDouble();
        case "Double" -> random.nextDouble();
        case "BinaryVector" -> Seeded.bytes(random, WIDTH);
        default -> "é" + random.nextInt(200);
      };
    }

    private void delete(Object key, long timestamp) throws IOException {
      deletes.merge(key, timestamp <= cut ? timestamp : 0, Math::max);
      if (key instanceof Long integer) {
        deleted.add(integer, timestamp);
      } else {
        deleted.add(Binlogs.utf8((String) key), timestamp);
      }
    }

    private boolean kept(int row) {
      long timestamp = (Long) values.get(1L).get(row);
      return timestamp <= cut && timestamp >= deletes.getOrDefault(values.get(100L).get(row), 0L);
    }

    TimeBuckets buckets() {
      long[] ends = random.longs(random.nextInt(1, 9), 11, 130).sorted().distinct().toArray();
      return new TimeBuckets(random.nextLong(0, 11), ends);
    }

    Map<Integer, List<List<Object>>> expected(TimeBuckets buckets) {
      Map<Integer, List<List<Object>>> expected = new HashMap<>();
      for (int row = 0; row < rows; row++) {
        int bucket = buckets.of((Long) values.get(1L).get(row));
        if (kept(row) && bucket >= 0) {
          List<Object> one = new ArrayList<>();
          one.add(values.get(0L).get(row));
          one.add(values.get(1L).get(row));
          for (SchemaField field : fields) {
            one.add(comparable(values.get(field.id()).get(row)));
          }
          expected.computeIfAbsent(bucket, any -> new ArrayList<>()).add(one);
        }
      }
      return expected;
    }

    Map<Integer, List<List<Object>>> read(TimeBuckets buckets) throws IOException {
      Map<Integer, List<List<Object>>> read = new HashMap<>();
      RowFiles all = new RowFiles(ROWS, WrittenBinlog.SEGMENT, fields, files);
      for (RowSlice slice : RowSlicesTest.all(all, deleted, buckets)) {
        InsertColumns columns = InsertColumns.parse(slice.message());
        Msg.InsertRequest message = Msg.InsertRequest.parseFrom(slice.message());
        for (int row = 0; row < slice.rows(); row++) {
          List<Object> one = new ArrayList<>();
          one.add(message.getRowIDs(row));
          one.add(message.getTimestamps(row));
          for (SchemaField field : fields) {
            one.add(comparable(columns.value(field.name(), row)));
          }
          read.computeIfAbsent(slice.bucket(), any -> new ArrayList<>()).add(one);
        }
      }
      return read;
    }

    private static Object comparable(Object value) {
      return value instanceof byte[] bytes ? Arrays.toString(bytes) : value;
    }
  }

  @Test
  void rowsUpToTheCutThatAreNotDeletedComeThroughWhole() {
    Seeded.times(
        300,
        random -> {
          Life life = new Life(random);
          life.write();

          TimeBuckets all = new TimeBuckets(0, Long.MAX_VALUE);
          assertThat(life.read(all)).isEqualTo(life.expected(all));
          TimeBuckets some = life.buckets();
          assertThat(life.read(some)).isEqualTo(life.expected(some));
        });
  }
}
