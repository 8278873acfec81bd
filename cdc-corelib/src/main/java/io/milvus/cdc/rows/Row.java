package io.milvus.cdc.rows;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** One row of an insert. */
public final class Row {
  private final InsertedRows rows;
  private final int index;

  Row(InsertedRows rows, int index) {
    this.rows = rows;
    this.index = index;
  }

  /** The primary key: a Long or a String. */
  public Object key() {
    Object key = value(rows.key());
    if (key == null) {
      throw new IllegalArgumentException("Row %d of %s has no key".formatted(index, rows));
    }
    return key;
  }

  /**
   * The value of a field: a Boolean, an Integer for the small integers, a Long, a Float, a Double,
   * a String (also the text of a JSON value), a List of these for an array, a {@code float[]} for a
   * vector of floats, a {@code byte[]} for other vectors; null only where the field may be so.
   *
   * @throws IllegalArgumentException where there is no such field
   */
  public @Nullable Object value(String field) {
    return rows.columns().value(field, index);
  }

  /** All values by the names of their fields, in the order of the message; null where one is so. */
  public Map<String, @Nullable Object> values() {
    Map<String, @Nullable Object> values = new LinkedHashMap<>();
    rows.columns().names().forEach(field -> values.put(field, value(field)));
    return Collections.unmodifiableMap(values);
  }

  /** The same as text, which is empty for null. */
  public String text(String field) {
    Object value = value(field);
    return value == null ? "" : value.toString();
  }
}
