package io.milvus.cdc.rows;

import io.milvus.cdc.error.ConfigException;

/**
 * Describes a field of a collection, for a source that is not a Milvus.
 *
 * @param dimension the dimension of a vector, else 0
 * @param key whether the field is the primary key
 */
public record Field(String name, FieldType type, int dimension, boolean key) {
  /**
   * Checks that the values fit together.
   *
   * @throws ConfigException if they do not
   */
  public Field {
    if (type == FieldType.VECTOR ? dimension < 1 : dimension != 0) {
      throw new ConfigException(
          "Field %s (%s) cannot have dimension %d.".formatted(name, type, dimension),
          "Only vectors have one, of 1 or more.");
    }
    if (key && type != FieldType.INT64 && type != FieldType.TEXT) {
      throw new ConfigException(
          "Field %s (%s) cannot be the primary key.".formatted(name, type), "Use INT64 or TEXT.");
    }
  }

  /** Returns the primary key: {@link FieldType#INT64} or {@link FieldType#TEXT}. */
  public static Field key(String name, FieldType type) {
    return new Field(name, type, 0, true);
  }

  /** Returns a scalar field. */
  public static Field of(String name, FieldType type) {
    return new Field(name, type, 0, false);
  }

  /** Returns a field for vectors of floats. */
  public static Field vector(String name, int dimension) {
    return new Field(name, FieldType.VECTOR, dimension, false);
  }
}
