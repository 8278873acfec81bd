package io.milvus.cdc.internal.wire;

import io.milvus.grpc.DataType;
import io.milvus.grpc.ScalarField;
import io.milvus.grpc.VectorField;

/**
 * Describes how {@code schemapb.FieldData} holds the values of one type.
 *
 * @param vector whether they are in the field for vectors, else in the field for scalars
 * @param number the field of that message
 */
record FieldShape(boolean vector, int number, Form form) {
  /** The encoding of the values in that field. */
  enum Form {
    /** A message with one packed list. */
    PACKED,
    /** A message with a list of byte strings. */
    EACH,
    /** One byte string that joins the values. */
    JOINED
  }

  /**
   * Returns the shape for a type.
   *
   * @throws IllegalArgumentException if no Milvus up to 2.5 has fields of this type
   */
  static FieldShape of(DataType type) {
    return switch (type) {
      case Bool -> scalar(ScalarField.BOOL_DATA_FIELD_NUMBER, Form.PACKED);
      case Int8, Int16, Int32 -> scalar(ScalarField.INT_DATA_FIELD_NUMBER, Form.PACKED);
      case Int64 -> scalar(ScalarField.LONG_DATA_FIELD_NUMBER, Form.PACKED);
      case Float -> scalar(ScalarField.FLOAT_DATA_FIELD_NUMBER, Form.PACKED);
      case Double -> scalar(ScalarField.DOUBLE_DATA_FIELD_NUMBER, Form.PACKED);
      case String, VarChar -> scalar(ScalarField.STRING_DATA_FIELD_NUMBER, Form.EACH);
      case Array -> scalar(ScalarField.ARRAY_DATA_FIELD_NUMBER, Form.EACH);
      case JSON -> scalar(ScalarField.JSON_DATA_FIELD_NUMBER, Form.EACH);
      case FloatVector -> vector(VectorField.FLOAT_VECTOR_FIELD_NUMBER, Form.PACKED);
      case BinaryVector -> vector(VectorField.BINARY_VECTOR_FIELD_NUMBER, Form.JOINED);
      case Float16Vector -> vector(VectorField.FLOAT16_VECTOR_FIELD_NUMBER, Form.JOINED);
      case BFloat16Vector -> vector(VectorField.BFLOAT16_VECTOR_FIELD_NUMBER, Form.JOINED);
      case Int8Vector -> vector(VectorField.INT8_VECTOR_FIELD_NUMBER, Form.JOINED);
      case SparseFloatVector -> vector(VectorField.SPARSE_FLOAT_VECTOR_FIELD_NUMBER, Form.EACH);
      default ->
          throw new IllegalArgumentException("Fields of type %s are unknown.".formatted(type));
    };
  }

  private static FieldShape scalar(int number, Form form) {
    return new FieldShape(false, number, form);
  }

  private static FieldShape vector(int number, Form form) {
    return new FieldShape(true, number, form);
  }

  /** Returns the bytes of a vector of this type, or -1 if they differ between values. */
  static int width(DataType type, int dimension) {
    return switch (type) {
      case FloatVector -> Math.multiplyExact(Float.BYTES, dimension);
      case Float16Vector, BFloat16Vector -> Math.multiplyExact(Short.BYTES, dimension);
      case Int8Vector -> dimension;
      case BinaryVector -> dimension / Byte.SIZE;
      default -> -1;
    };
  }
}
