package io.milvus.cdc.internal.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.milvus.cdc.catalog.CollectionSchema;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import milvus.proto.msg.Msg;
import org.junit.jupiter.api.Test;

class InsertBuilderTest {
  private static final CollectionSchema SCHEMA =
      MessageWriter.schema(
          "docs",
          List.of(
              new WrittenField("id", "Int64", "", 0, true),
              new WrittenField("small", "Int8", "", 0, false),
              new WrittenField("flag", "Bool", "", 0, false),
              new WrittenField("float", "Float", "", 0, false),
              new WrittenField("double", "Double", "", 0, false),
              new WrittenField("text", "VarChar", "", 0, false),
              new WrittenField("json", "JSON", "", 0, false),
              new WrittenField("list", "Array", "Int64", 0, false),
              new WrittenField("vector", "FloatVector", "", 2, false)));

  private static List<FieldBytes> fields() throws IOException {
    return SchemaField.of(SCHEMA.encoded()).stream().map(FieldBytes::new).toList();
  }

  private static ByteBuffer utf8(String text) {
    return ByteBuffer.wrap(text.getBytes(StandardCharsets.UTF_8));
  }

  private static void addRow(List<FieldBytes> fields, int row) {
    fields.get(0).addInteger(row - 1L);
    fields.get(1).addInteger(-row);
    fields.get(2).addInteger(row % 2);
    fields.get(3).addFloat(row * 0.5f);
    fields.get(4).addDouble(row * 0.25);
    fields.get(5).addBytes(utf8("é" + row));
    fields.get(6).addBytes(utf8("{\"a\":" + row + "}"));
    // A ScalarField with the packed integers 1 and row, as a binlog has it.
    fields.get(7).addBytes(ByteBuffer.wrap(new byte[] {0x1a, 4, 0x0a, 2, 1, (byte) row}));
    ByteBuffer vector = ByteBuffer.allocate(8).order(ByteOrder.LITTLE_ENDIAN);
    fields.get(8).addBytes(vector.putFloat(row).putFloat(-row).flip());
  }

  private static Map<String, Object> row(int row) {
    return Map.of(
        "id",
        row - 1L,
        "small",
        -row,
        "flag",
        row % 2 == 1,
        "float",
        row * 0.5f,
        "double",
        row * 0.25,
        "text",
        "é" + row,
        "json",
        "{\"a\":" + row + "}",
        "list",
        List.of(1L, (long) row),
        "vector",
        new float[] {row, -row});
  }

  @Test
  void theBytesAreThoseOfAnOrdinaryInsert() throws IOException {
    List<FieldBytes> fields = fields();
    InsertBuilder builder = new InsertBuilder(InsertMessageTest.to(), fields);
    byte[] expected =
        MessageWriter.of(SCHEMA)
            .insert(InsertMessageTest.to(), 0, 99, List.of(row(1), row(2), row(3)));

    // The second message shows that the first left nothing behind.
    for (int message = 0; message < 2; message++) {
      for (int row = 1; row <= 3; row++) {
        addRow(fields, row);
        builder.endRow(99, row - 1L);
      }
      assertThat(builder.rows()).isEqualTo(3);
      assertThat(builder.newest()).isEqualTo(99);
      long size = builder.size();
      byte[] built = builder.build();
      assertThat(Msg.InsertRequest.parseFrom(built))
          .isEqualTo(Msg.InsertRequest.parseFrom(expected));
      assertThat(built).isEqualTo(expected);
      assertThat(built.length).isBetween((int) size, (int) size + 300);
      assertThat(builder.rows()).isZero();
      assertThat(builder.size()).isZero();
    }
  }

  @Test
  void aNullNeedsAFieldThatHoldsNulls() throws IOException {
    FieldBytes text = fields().get(5);

    assertThatIllegalArgumentException()
        .isThrownBy(text::addNull)
        .withMessage("Field text cannot hold null.");
  }

  @Test
  void typesOfLaterVersionsAreRefused() {
    SchemaField field =
        new SchemaField(100, "place", "Geometry", "", false, false, false, false, Map.of());

    assertThatIllegalArgumentException()
        .isThrownBy(() -> new FieldBytes(field))
        .withMessage("Fields of type Geometry are unknown.");
  }
}
