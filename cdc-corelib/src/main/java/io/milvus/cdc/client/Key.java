package io.milvus.cdc.client;

import io.milvus.grpc.FieldData;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Collection;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * A primary key, in the order in which Milvus sorts them.
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

  /** The key of a row, in the column of keys. */
  public static Key at(FieldData column, int row) {
    return column.getScalars().hasLongData()
        ? of(column.getScalars().getLongData().getData(row))
        : of(column.getScalars().getStringData().getData(row));
  }

  /** The expression that selects the rows of these keys. */
  public static String in(String field, Collection<Key> keys) {
    return keys.stream().map(Key::literal).collect(Collectors.joining(",", field + " in [", "]"));
  }

  /** The expression that selects the rows whose keys come after this one. */
  public String expressionAfter(String field) {
    return field + " > " + literal();
  }

  private String literal() {
    return text == null
        ? Long.toString(number)
        : '"' + text.replace("\\", "\\\\").replace("\"", "\\\"") + '"';
  }

  @Override
  public int compareTo(Key other) {
    if (text == null || other.text == null) {
      return Long.compare(number, other.number);
    }
    return Arrays.compareUnsigned(
        text.getBytes(StandardCharsets.UTF_8), other.text.getBytes(StandardCharsets.UTF_8));
  }

  @Override
  public String toString() {
    return literal();
  }
}
