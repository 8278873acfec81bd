package io.milvus.cdc.internal.binlog;

import static org.assertj.core.api.Assertions.assertThat;

import io.milvus.cdc.internal.binlog.WrittenColumns.Form;
import io.milvus.cdc.testkit.Seeded;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.apache.parquet.schema.PrimitiveType;
import org.apache.parquet.schema.PrimitiveType.PrimitiveTypeName;
import org.apache.parquet.schema.Type.Repetition;
import org.junit.jupiter.api.Test;

class ColumnCursorPropertyTest {
  private static final List<PrimitiveTypeName> TYPES =
      List.of(
          PrimitiveTypeName.BOOLEAN,
          PrimitiveTypeName.INT32,
          PrimitiveTypeName.INT64,
          PrimitiveTypeName.FLOAT,
          PrimitiveTypeName.DOUBLE,
          PrimitiveTypeName.BINARY,
          PrimitiveTypeName.FIXED_LEN_BYTE_ARRAY);

  @Test
  void readsWhatTheLibraryWrote() {
    Seeded.times(400, ColumnCursorPropertyTest::readsBack);
  }

  private static void readsBack(SplittableRandom random) throws IOException {
    boolean optional = random.nextBoolean();
    PrimitiveTypeName type = TYPES.get(random.nextInt(TYPES.size()));
    PrimitiveType column =
        new PrimitiveType(
            optional ? Repetition.OPTIONAL : Repetition.REQUIRED,
            type,
            1 + random.nextInt(64),
            "val");
    Form form =
        new Form(
            random.nextBoolean(),
            random.nextBoolean(),
            random.nextBoolean(),
            1 << random.nextInt(6, 16));
    // Few different values use the dictionary, many fall back to plain pages.
    int different = random.nextBoolean() ? 1 + random.nextInt(40) : Integer.MAX_VALUE;
    List<Object> expected = new ArrayList<>();
    byte[][] events = new byte[1 + random.nextInt(2)][];
    for (int event = 0; event < events.length; event++) {
      WrittenColumns columns = WrittenColumns.of(form, column);
      for (int group = 1 + random.nextInt(3); group > 0; group--) {
        for (int row = random.nextInt(600); row > 0; row--) {
          Object value =
              optional && random.nextInt(5) == 0
                  ? null
                  : value(column, new SplittableRandom(random.nextInt(different)));
          expected.add(value);
          columns.row(value);
        }
        columns.endGroup();
      }
      events[event] = columns.file();
    }
    ByteSource file = WrittenBinlog.insert(100, events);

    assertThat(Binlogs.canonical(Binlogs.values(file))).isEqualTo(Binlogs.canonical(expected));
    readsSomeRows(file, expected, random);
  }

  /** Reads some rows and passes over the others. */
  private static void readsSomeRows(ByteSource file, List<Object> expected, SplittableRandom random)
      throws IOException {
    int every = random.nextInt(2, 9);
    List<Object> some = new ArrayList<>();
    List<Object> found = new ArrayList<>();
    Binlog binlog = Binlog.open(file, Binlog.Kind.INSERT);
    try (ColumnCursor cursor = Columns.open(file, binlog, 1).get(0)) {
      for (Object value : expected) {
        assertThat(cursor.next()).isTrue();
        assertThat(cursor.isNull()).isEqualTo(value == null);
        if (random.nextInt(every) == 0) {
          some.add(value);
          found.add(Binlogs.value(cursor));
        }
      }
      assertThat(cursor.next()).isFalse();
    }
    assertThat(Binlogs.canonical(found)).isEqualTo(Binlogs.canonical(some));
    movesOn(file, expected, random);
  }

  /** Moves from row to row, often across pages. */
  private static void movesOn(ByteSource file, List<Object> expected, SplittableRandom random)
      throws IOException {
    Binlog binlog = Binlog.open(file, Binlog.Kind.INSERT);
    int step = 1 << random.nextInt(1, 11);
    List<Object> some = new ArrayList<>();
    List<Object> found = new ArrayList<>();
    try (ColumnCursor cursor = Columns.open(file, binlog, 1).get(0)) {
      int row = random.nextInt(step);
      for (; row < expected.size(); row += random.nextInt(1, step + 1)) {
        assertThat(cursor.moveTo(row)).isTrue();
        if (random.nextBoolean()) {
          some.add(expected.get(row));
          found.add(Binlogs.value(cursor));
        }
      }
      assertThat(cursor.passTo(row)).isEqualTo(expected.size());
      assertThat(cursor.next()).isFalse();
    }
    assertThat(Binlogs.canonical(found)).isEqualTo(Binlogs.canonical(some));
  }

  private static Object value(PrimitiveType type, SplittableRandom random) {
    return switch (type.getPrimitiveTypeName()) {
      case BOOLEAN -> random.nextBoolean();
      case INT32 -> random.nextInt();
      case INT64 -> random.nextLong();
      case FLOAT -> (float) random.nextDouble();
      case DOUBLE -> random.nextDouble();
      case BINARY -> Seeded.bytes(random, random.nextInt(50));
      default -> Seeded.bytes(random, type.getTypeLength());
    };
  }
}
