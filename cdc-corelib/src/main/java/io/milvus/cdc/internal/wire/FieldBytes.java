package io.milvus.cdc.internal.wire;

import com.google.protobuf.ByteString;
import com.google.protobuf.WireFormat;
import io.milvus.grpc.ArrayArray;
import io.milvus.grpc.DataType;
import io.milvus.grpc.FieldData;
import io.milvus.grpc.SparseFloatArray;
import io.milvus.grpc.VectorField;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/**
 * Collects values of one field in their encoded form, as {@code schemapb.FieldData} (milvus-proto
 * schema.proto, 2.3 to 2.5). Vectors are copied as bytes and never parsed. For one thread.
 */
public final class FieldBytes {
  /** The only list of {@code LongArray}, {@code StringArray}, {@code FloatArray} and so on. */
  private static final int DATA = 1;

  private static final int LENGTH_DELIMITED = WireFormat.WIRETYPE_LENGTH_DELIMITED;

  private final SchemaField field;
  private final DataType type;
  private final FieldShape shape;
  private final int dimension;
  private final int width;
  private final Growing values = new Growing();
  private final Growing valid = new Growing();
  private long sparseDimension;

  /**
   * Creates an empty list of values.
   *
   * @throws IllegalArgumentException if no Milvus up to 2.5 has such a field
   */
  public FieldBytes(SchemaField field) {
    this.field = field;
    type = DataType.valueOf(field.type());
    shape = FieldShape.of(type);
    dimension = Integer.parseInt(field.parameters().getOrDefault("dim", "0"));
    width = FieldShape.width(type, dimension);
  }

  public SchemaField field() {
    return field;
  }

  /** Returns the bytes of each value of a vector field, or -1 if they differ. */
  public int width() {
    return width;
  }

  /** Returns an estimate of the encoded bytes. */
  public int size() {
    return values.size() + valid.size();
  }

  /** Adds a boolean, or an integer of any size. */
  public void addInteger(long value) {
    values.varint(value);
    mark(true);
  }

  public void addFloat(float value) {
    values.fixed32(Float.floatToRawIntBits(value));
    mark(true);
  }

  public void addDouble(double value) {
    values.fixed64(Double.doubleToRawLongBits(value));
    mark(true);
  }

  /** Adds a text, JSON, an encoded array or a vector: the remaining bytes of a buffer. */
  public void addBytes(ByteBuffer value) {
    if (type == DataType.SparseFloatVector) {
      sparseDimension = Math.max(sparseDimension, dimensionOf(value));
    }
    if (shape.form() == FieldShape.Form.EACH) {
      values.varint(tag(DATA, LENGTH_DELIMITED));
      values.varint(value.remaining());
    }
    values.raw(value);
    mark(true);
  }

  /**
   * Adds a null: the type's zero, and a mark (2.5 internal/proxy/validate_util.go).
   *
   * @throws IllegalArgumentException if the field cannot hold null
   */
  public void addNull() {
    if (!field.nullable()) {
      throw new IllegalArgumentException("Field %s cannot hold null.".formatted(field.name()));
    }
    switch (type) {
      case Float -> values.zeros(Float.BYTES);
      case Double -> values.zeros(Double.BYTES);
      default -> {
        if (shape.form() == FieldShape.Form.EACH) {
          values.varint(tag(DATA, LENGTH_DELIMITED));
          values.varint(0);
        } else {
          values.zeros(Math.max(1, width));
        }
      }
    }
    mark(false);
  }

  private void mark(boolean there) {
    if (field.nullable()) {
      valid.varint(there ? 1 : 0);
    }
  }

  /** Returns one more than the greatest index: pairs of index and value are in ascending order. */
  private static long dimensionOf(ByteBuffer pairs) {
    int last = pairs.limit() - 2 * Integer.BYTES;
    ByteBuffer ordered = pairs.duplicate().order(ByteOrder.LITTLE_ENDIAN);
    return last < pairs.position() ? 0 : Integer.toUnsignedLong(ordered.getInt(last)) + 1;
  }

  void clear() {
    values.clear();
    valid.clear();
    sparseDimension = 0;
  }

  /** Returns the {@code FieldData}, a view that is valid until the next change. */
  ByteString encoded() {
    FieldData head = FieldData.newBuilder().setType(type).setFieldName(field.name()).build();
    FieldData tail =
        FieldData.newBuilder().setFieldId(field.id()).setIsDynamic(field.dynamic()).build();
    ByteString all = head.toByteString().concat(values()).concat(tail.toByteString());
    return field.nullable()
        ? all.concat(nested(FieldData.VALID_DATA_FIELD_NUMBER, valid.view()))
        : all;
  }

  private ByteString values() {
    ByteString list =
        switch (shape.form()) {
          case JOINED -> values.view();
          case PACKED -> nested(DATA, values.view());
          case EACH -> values.view().concat(behindValues());
        };
    ByteString kind = nested(shape.number(), list);
    return shape.vector()
        ? nested(FieldData.VECTORS_FIELD_NUMBER, vectorDimension().concat(kind))
        : nested(FieldData.SCALARS_FIELD_NUMBER, kind);
  }

  private ByteString behindValues() {
    return switch (type) {
      case Array ->
          integer(
              ArrayArray.ELEMENT_TYPE_FIELD_NUMBER,
              DataType.valueOf(field.elementType()).getNumber());
      case SparseFloatVector -> integer(SparseFloatArray.DIM_FIELD_NUMBER, sparseDimension);
      default -> ByteString.EMPTY;
    };
  }

  private ByteString vectorDimension() {
    return integer(
        VectorField.DIM_FIELD_NUMBER,
        type == DataType.SparseFloatVector ? sparseDimension : dimension);
  }

  static ByteString integer(int number, long value) {
    Growing bytes = new Growing();
    bytes.varint(tag(number, WireFormat.WIRETYPE_VARINT));
    bytes.varint(value);
    return bytes.view();
  }

  static ByteString nested(int number, ByteString content) {
    Growing header = new Growing();
    header.varint(tag(number, LENGTH_DELIMITED));
    header.varint(content.size());
    return header.view().concat(content);
  }

  private static int tag(int number, int wireType) {
    return number << 3 | wireType;
  }
}
