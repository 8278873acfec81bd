package io.milvus.cdc.internal.wire;

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

/** Holds one column of an insert, which is parsed when a value is first requested. */
final class Column {
  /** {@code FieldData.type}, {@code field_name} and {@code field_id} in schema.proto. */
  private static final int TYPE = 1;

  private static final int NAME = 2;

  private static final int ID = 5;
  private static final int VALID_DATA = 7;

  /** The number of the first type of vectors, behind those of all scalars. */
  private static final int FIRST_VECTOR = DataType.BinaryVector_VALUE;

  private final ByteString raw;
  private final int rows;
  private final String name;
  private final long id;
  private final int type;

  /** Whether it has a mask that marks each row as null or not. */
  private final boolean masked;

  private @Nullable FieldData parsed;
  private List<? extends @Nullable Object> values = List.of();

  /** Whether null rows have no value, not even a placeholder. */
  private boolean compact;

  private Column(ByteString raw, int rows, String name, long id, int type, boolean masked) {
    this.raw = raw;
    this.rows = rows;
    this.name = name;
    this.id = id;
    this.type = type;
    this.masked = masked;
  }

  static Column of(ByteString raw, int rows) throws IOException {
    String name = "";
    long id = 0;
    int type = 0;
    boolean masked = false;
    CodedInputStream input = Wire.reader(raw);
    for (int tag = input.readTag(); tag != 0; tag = input.readTag()) {
      switch (WireFormat.getTagFieldNumber(tag)) {
        case TYPE -> type = input.readEnum();
        case NAME -> name = input.readStringRequireUtf8();
        case ID -> id = input.readInt64();
        default -> {
          masked |= WireFormat.getTagFieldNumber(tag) == VALID_DATA;
          input.skipField(tag);
        }
      }
    }
    return new Column(raw, rows, name, id, type, masked);
  }

  String name() {
    return name;
  }

  long id() {
    return id;
  }

  /** Returns Milvus's name of its type, such as {@code Int64}. */
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
    List<?> there = ColumnValues.of(data);
    compact = data.getType().getNumber() >= FIRST_VECTOR && there.size() == validRows(data);
    values = compact ? spread(data, there) : there;
    if (values.size() != rows) {
      throw new IllegalArgumentException(
          "Column %s has %d values for %d rows.".formatted(name, values.size(), rows));
    }
    parsed = data;
    return data;
  }

  private static long validRows(FieldData data) {
    return data.getValidDataList().stream().filter(valid -> valid).count();
  }

  /** Returns values with a null for each null row, in whose place a compact column has nothing. */
  private static List<@Nullable Object> spread(FieldData data, List<?> there) {
    List<@Nullable Object> all = new ArrayList<>(data.getValidDataCount());
    int next = 0;
    for (boolean valid : data.getValidDataList()) {
      all.add(valid ? there.get(next++) : null);
    }
    return all;
  }

  private boolean nullable() {
    return data().getValidDataCount() == rows;
  }

  /** Returns a row's value as a Java value. */
  @Nullable Object value(int row) {
    FieldData data = data();
    if (nullable() && !data.getValidData(row)) {
      return null;
    }
    return JavaValues.toJava(data, values.get(row));
  }

  /** Returns the protobuf values, one for each row. */
  List<? extends @Nullable Object> values() {
    var unused = data();
    return values;
  }

  /**
   * Returns the form that a proxy expects from a client: without the values of null rows, and with
   * a mask (2.5 internal/proxy/validate_util.go). A message has a value for each row, null or not,
   * except a null vector.
   */
  ByteString compacted() {
    FieldData data = data();
    List<Object> left = new ArrayList<>(rows);
    List<Boolean> valid = new ArrayList<>(rows);
    for (int row = 0; row < rows; row++) {
      boolean there = !nullable() || data.getValidData(row);
      valid.add(there);
      if (there) {
        left.add(values.get(row));
      }
    }
    return ColumnValues.with(data, left)
        .clearValidData()
        .addAllValidData(valid)
        .build()
        .toByteString();
  }

  /** Returns the form that a proxy expects if the field cannot hold null: without a mask. */
  ByteString unmasked() {
    return masked ? data().toBuilder().clearValidData().build().toByteString() : raw;
  }

  /** Returns a column with only these rows. */
  ByteString only(int[] kept) {
    FieldData data = data();
    List<Object> left = new ArrayList<>(kept.length);
    List<Boolean> valid = new ArrayList<>();
    for (int row : kept) {
      if (!compact || data.getValidData(row)) {
        left.add(values.get(row));
      }
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
   * Returns the same column with these values, as many as there are rows.
   *
   * @throws IllegalArgumentException if it cannot hold a value
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
      if (value != null) {
        changed.add(JavaValues.fromJava(name, data.getType(), kind, value));
      } else if (!compact) {
        changed.add(values.get(row));
      }
      if (nullable()) {
        valid.add(value != null);
      }
    }
    FieldData.Builder result = ColumnValues.with(data, changed).clearValidData();
    return of(result.addAllValidData(valid).build().toByteString(), rows);
  }
}
