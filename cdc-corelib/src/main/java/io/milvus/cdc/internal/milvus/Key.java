package io.milvus.cdc.internal.milvus;

import io.milvus.cdc.internal.error.Shown;
import io.milvus.grpc.FieldData;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Holds a primary key. Keys compare in Milvus's own order.
 *
 * @param text of a varchar key, null for a number
 */
public record Key(@Nullable String text, long number) implements Comparable<Key> {
  public static Key of(long number) {
    return new Key(null, number);
  }

  public static Key of(String text) {
    return new Key(text, 0);
  }

  /** Returns a key from its value in a message of the source: a {@code Long}, or a text. */
  public static Key ofValue(Object value) {
    return value instanceof Long number ? of(number) : of(value.toString());
  }

  /** Returns the key of a row, in the column of keys. */
  public static Key at(FieldData column, int row) {
    return column.getScalars().hasLongData()
        ? of(column.getScalars().getLongData().getData(row))
        : of(column.getScalars().getStringData().getData(row));
  }

  @Override
  public int compareTo(Key other) {
    if (text == null || other.text == null) {
      return Long.compare(number, other.number);
    }
    return Arrays.compareUnsigned(
        text.getBytes(StandardCharsets.UTF_8), other.text.getBytes(StandardCharsets.UTF_8));
  }

  /** Returns the key for people; see {@link Shown#quoted}. */
  @Override
  public String toString() {
    return text == null ? Long.toString(number) : Shown.quoted(text);
  }
}
