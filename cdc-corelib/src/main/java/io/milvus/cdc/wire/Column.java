package io.milvus.cdc.wire;

import com.google.protobuf.ByteString;
import com.google.protobuf.CodedInputStream;
import com.google.protobuf.WireFormat;
import io.milvus.grpc.DataType;
import io.milvus.grpc.FieldData;
import io.milvus.grpc.ScalarField;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** One column of an insert, which is parsed when somebody asks for a value. */
final class Column {
  /** {@code FieldData.type}, {@code field_name} and {@code field_id} in schema.proto. */
  private static final int TYPE = 1;

  private static final int NAME = 2;

  private static final int ID = 5;

  private final ByteString raw;
  private final int rows;
  private final String name;
  private final long id;
  private final int type;
  private @Nullable FieldData parsed;
  private List<?> values = List.of();

  private Column(ByteString raw, int rows, String name, long id, int type) {
    this.raw = raw;
    this.rows = rows;
    this.name = name;
    this.id = id;
    this.type = type;
  }

  static Column of(ByteString raw, int rows) throws IOException {
    String name = "";
    long id = 0;
    int type = 0;
    CodedInputStream input = Wire.reader(raw);
    for (int tag = input.readTag(); tag != 0; tag = input.readTag()) {
      switch (WireFormat.getTagFieldNumber(tag)) {
        case TYPE -> type = input.readEnum();
        case NAME -> name = input.readString();
        case ID -> id = input.readInt64();
        default -> input.skipField(tag);
      }
    }
    return new Column(raw, rows, name, id, type);
  }

  String name() {
    return name;
  }

  long id() {
    return id;
  }

  /** Milvus's name of its type, such as {@code Int64}. */
  String type() {
    DataType known = DataType.forNumber(type);
    return known == null ? "type " + type : known.name();
  }

  ByteString raw() {
    return raw;
  }

  private FieldData data() {
    if (parsed != null) {
      return parsed;
    }
    FieldData data;
    try {
      data = FieldData.parseFrom(raw);
    } catch (IOException e) {
      throw new IllegalArgumentException(
          "Column %s cannot be decoded: %s".formatted(name, e.getMessage()), e);
    }
    values = ColumnValues.of(data);
    if (values.size() != rows) {
      throw new IllegalArgumentException(
          "Column %s has %d values for %d rows.".formatted(name, values.size(), rows));
    }
    parsed = data;
    return data;
  }

  private boolean nullable() {
    return data().getValidDataCount() == rows;
  }

  /** What a row has here, as Java sees it. */
  @Nullable Object value(int row) {
    FieldData data = data();
    if (nullable() && !data.getValidData(row)) {
      return null;
    }
    return JavaValues.toJava(data.getScalars().getDataCase(), values.get(row));
  }

  /** Only these rows. */
  ByteString only(int[] kept) {
    FieldData data = data();
    List<Object> left = new ArrayList<>(kept.length);
    List<Boolean> valid = new ArrayList<>();
    for (int row : kept) {
      left.add(values.get(row));
      if (nullable()) {
        valid.add(data.getValidData(row));
      }
    }
    return ColumnValues.with(data, left)
        .clearValidData()
        .addAllValidData(valid)
        .build()
        .toByteString();
  }

  /**
   * The same column with these values, as many as there are rows.
   *
   * @throws IllegalArgumentException where it cannot hold one of them
   */
  Column with(List<? extends @Nullable Object> wanted) throws IOException {
    FieldData data = data();
    ScalarField.DataCase kind = data.getScalars().getDataCase();
    List<Object> changed = new ArrayList<>(rows);
    List<Boolean> valid = new ArrayList<>();
    for (int row = 0; row < rows; row++) {
      Object value = wanted.get(row);
      if (value == null && !nullable()) {
        throw new IllegalArgumentException("Column %s cannot hold null.".formatted(name));
      }
      changed.add(
          value == null ? values.get(row) : JavaValues.fromJava(name, data.getType(), kind, value));
      if (nullable()) {
        valid.add(value != null);
      }
    }
    FieldData.Builder result = ColumnValues.with(data, changed).clearValidData();
    return of(result.addAllValidData(valid).build().toByteString(), rows);
  }
}
