package io.milvus.cdc.internal.wire;

import com.google.protobuf.ByteString;
import com.google.protobuf.CodedInputStream;
import com.google.protobuf.CodedOutputStream;
import com.google.protobuf.WireFormat;
import io.milvus.grpc.CollectionSchema;
import io.milvus.grpc.FieldSchema;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import milvus.proto.msg.Msg;
import org.jspecify.annotations.Nullable;

/**
 * Splits an insert into its columns, to read and change them. Columns that are never requested stay
 * unchanged. Immutable.
 */
public final class InsertColumns {
  private static final int FIELDS_DATA = 13;

  /** All fields except the columns. */
  private final Msg.InsertRequest envelope;

  private final Map<String, Column> columns;

  private InsertColumns(Msg.InsertRequest envelope, Map<String, Column> columns) {
    this.envelope = envelope;
    this.columns = columns;
  }

  /**
   * Finds the columns.
   *
   * @param bytes retained and shared, not copied: they must not change any more
   */
  public static InsertColumns parse(byte[] bytes) throws IOException {
    ByteString body = Wire.wrap(bytes);
    CodedInputStream input = Wire.reader(body);
    ByteString envelope = ByteString.EMPTY;
    List<ByteString> found = new ArrayList<>();
    int start = 0;
    for (int tag = input.readTag(); tag != 0; tag = input.readTag()) {
      if (WireFormat.getTagFieldNumber(tag) == FIELDS_DATA) {
        found.add(input.readBytes());
      } else {
        input.skipField(tag);
        envelope = envelope.concat(body.substring(start, input.getTotalBytesRead()));
      }
      start = input.getTotalBytesRead();
    }
    Msg.InsertRequest rest = Msg.InsertRequest.parseFrom(envelope);
    Map<String, Column> columns = new LinkedHashMap<>();
    for (ByteString raw : found) {
      Column column = Column.of(raw, (int) rest.getNumRows());
      if (columns.put(column.name(), column) != null) {
        throw new IOException("two columns are called '%s'".formatted(column.name()));
      }
    }
    return new InsertColumns(rest, columns);
  }

  public int rows() {
    return (int) envelope.getNumRows();
  }

  /** Returns the timestamp of a row. */
  public long timestamp(int row) {
    return envelope.getTimestamps(row);
  }

  /** Returns the id of a row, or 0 if the message has none. */
  public long rowId(int row) {
    return row < envelope.getRowIDsCount() ? envelope.getRowIDs(row) : 0;
  }

  public Set<String> names() {
    return columns.keySet();
  }

  /** Returns a row's value in a column. */
  public @Nullable Object value(String column, int row) {
    return column(column).value(row);
  }

  /** Returns Milvus's name of a column's type, such as {@code Int64}. */
  public String type(String column) {
    return column(column).type();
  }

  /** Returns the id of a column's field. */
  public long id(String column) {
    return column(column).id();
  }

  /** Returns the name of the column of this field, or null. */
  public @Nullable String name(long field) {
    return columns.values().stream()
        .filter(column -> column.id() == field)
        .map(Column::name)
        .findFirst()
        .orElse(null);
  }

  /**
   * Returns the primary keys, integers or texts, one for each row.
   *
   * @throws IOException if there are none
   */
  public List<?> keys(long primaryKeyField) throws IOException {
    String name = name(primaryKeyField);
    if (name == null) {
      throw new IOException("no column has the primary key's field id " + primaryKeyField);
    }
    try {
      return column(name).values();
    } catch (IllegalArgumentException e) {
      throw new IOException(e.getMessage(), e);
    }
  }

  Collection<Column> columns() {
    return columns.values();
  }

  private Column column(String name) {
    Column found = columns.get(name);
    if (found == null) {
      throw new IllegalArgumentException(
          "There is no column '%s'. There are %s.".formatted(name, names()));
    }
    return found;
  }

  /** Returns the same insert with other values in one column, one for each row. */
  public InsertColumns with(String column, List<? extends @Nullable Object> values)
      throws IOException {
    Map<String, Column> changed = new LinkedHashMap<>(columns);
    changed.put(column, column(column).with(values));
    return new InsertColumns(envelope, changed);
  }

  /** Returns an insert with only these rows, in ascending order. */
  public InsertColumns only(int[] rows) throws IOException {
    Msg.InsertRequest.Builder left =
        envelope.toBuilder().clearTimestamps().clearRowIDs().setNumRows(rows.length);
    for (int row : rows) {
      left.addTimestamps(envelope.getTimestamps(row));
      if (envelope.getRowIDsCount() > row) {
        left.addRowIDs(envelope.getRowIDs(row));
      }
    }
    Map<String, Column> columnsLeft = new LinkedHashMap<>();
    for (Column column : columns.values()) {
      columnsLeft.put(column.name(), Column.of(column.only(rows), rows.length));
    }
    return new InsertColumns(left.build(), columnsLeft);
  }

  /** Returns the encoded message. */
  public byte[] body() throws IOException {
    int size = envelope.getSerializedSize();
    for (Column column : columns.values()) {
      size += CodedOutputStream.computeBytesSize(FIELDS_DATA, column.raw());
    }
    byte[] body = new byte[size];
    CodedOutputStream output = CodedOutputStream.newInstance(body);
    envelope.writeTo(output);
    for (Column column : columns.values()) {
      output.writeBytes(FIELDS_DATA, column.raw());
    }
    output.checkNoSpaceLeft();
    return body;
  }

  /**
   * Returns the field by which Milvus chooses partitions, or 0, in an encoded schema of a
   * collection.
   */
  public static long partitionKeyOf(String encodedSchema) throws IOException {
    return CollectionSchema.parseFrom(Base64.getDecoder().decode(encodedSchema))
        .getFieldsList()
        .stream()
        .filter(FieldSchema::getIsPartitionKey)
        .mapToLong(FieldSchema::getFieldID)
        .findFirst()
        .orElse(0);
  }
}
