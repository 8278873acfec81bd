package io.milvus.cdc.rows;

import io.milvus.cdc.event.HybridTime;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Reads one row of an insert. */
public final class Row {
  private final InsertedRows rows;
  private final int index;

  Row(InsertedRows rows, int index) {
    this.rows = rows;
    this.index = index;
  }

  /**
   * Returns the hybrid timestamp of the row on the source. Rows that the source had before the task
   * began can have different ones in one insert.
   */
  public HybridTime timestamp() {
    return new HybridTime(rows.columns().timestamp(index));
  }

  /** Returns the number that the source has assigned to the row, or 0 if it has not. */
  public long number() {
    return rows.columns().rowId(index);
  }

  /** Returns the primary key: a Long or a String. */
  public Object key() {
    Object key = value(rows.key());
    if (key == null) {
      throw new IllegalArgumentException("Row %d of %s has no key".formatted(index, rows));
    }
    return key;
  }

  /**
   * Returns the value of a field, or null if the field is nullable and holds none. Integers of up
   * to 32 bits are an Integer, others a Long. Other scalars are a Boolean, a Float, a Double or a
   * String, also for the text of a JSON value. A vector of floats is a {@code float[]}, any other
   * vector and a geometry a {@code byte[]}. An array is a List of these.
   *
   * @throws IllegalArgumentException if there is no such field
   */
  public @Nullable Object value(String field) {
    return rows.columns().value(field, index);
  }

  /**
   * Returns all values by the names of their fields, in the order of the message. Values may be
   * null.
   */
  public Map<String, @Nullable Object> values() {
    Map<String, @Nullable Object> values = new LinkedHashMap<>();
    rows.columns().names().forEach(field -> values.put(field, value(field)));
    return Collections.unmodifiableMap(values);
  }

  /**
   * Returns the value of a field as text, which is empty for null.
   *
   * @throws IllegalArgumentException if there is no such field
   */
  public String text(String field) {
    Object value = value(field);
    return value == null ? "" : value.toString();
  }
}
