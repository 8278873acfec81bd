package io.milvus.cdc.transform;

import io.milvus.cdc.internal.wire.InsertColumns;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * Rows of one insert, all of one collection, partition and timestamp. Immutable. Nothing of a
 * column is decoded before it is asked for.
 */
public final class InsertedRows {
  private final Origin origin;
  private final int count;
  private final Supplier<InsertColumns> source;
  private @Nullable InsertColumns columns;

  InsertedRows(Origin origin, int count, Supplier<InsertColumns> source) {
    this.origin = origin;
    this.count = count;
    this.source = source;
  }

  /** What the source calls the database. */
  public String database() {
    return origin.database();
  }

  /** What the source calls the collection, without its database. */
  public String collection() {
    return origin.collection().name();
  }

  public String partition() {
    return origin.partition();
  }

  /** When they were inserted, as a hybrid timestamp of the source. */
  public long timestamp() {
    return origin.header().timestamp();
  }

  /** How many there are. */
  public int count() {
    return count;
  }

  /** The names of the fields; that of dynamic ones together is {@code $meta}. */
  public Set<String> fields() {
    return Set.copyOf(columns().names());
  }

  /** The types of the fields by their names, as Milvus calls them, in the order of the message. */
  public Map<String, String> types() {
    Map<String, String> types = new LinkedHashMap<>();
    for (String name : columns().names()) {
      types.put(name, columns().type(name));
    }
    return types;
  }

  /** One of them, counted from 0. */
  public Row row(int index) {
    return new Row(this, index);
  }

  /** Those that this accepts. */
  public InsertedRows where(Predicate<Row> wanted) {
    int[] left = IntStream.range(0, count).filter(index -> wanted.test(row(index))).toArray();
    return left.length == count ? this : left.length == 0 ? none() : with(columns(), left);
  }

  private InsertedRows with(InsertColumns from, int[] left) {
    try {
      InsertColumns fewer = from.only(left);
      return new InsertedRows(origin, left.length, () -> fewer);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** None of them. */
  public InsertedRows none() {
    return new InsertedRows(origin, 0, source);
  }

  /**
   * The same rows with other values in one field: a Boolean, a number, a text, the text of a JSON
   * value, or null where the field may be so. Keys and partition keys stay as they are, because a
   * row's place depends on them; so do arrays and vectors.
   *
   * @throws IllegalArgumentException where there is no such field, or it cannot hold that
   */
  public InsertedRows replace(String field, Function<Row, ? extends @Nullable Object> value) {
    if (count == 0) {
      return this;
    }
    refuseKeys(field);
    List<@Nullable Object> values = new ArrayList<>(count);
    for (int index = 0; index < count; index++) {
      values.add(value.apply(row(index)));
    }
    try {
      InsertColumns changed = columns().with(field, values);
      return new InsertedRows(origin, count, () -> changed);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void refuseKeys(String field) {
    long id = columns().id(field);
    try {
      if (id == origin.collection().schema().primaryKeyField()
          || id == InsertColumns.partitionKeyOf(origin.collection().schema().encoded())) {
        throw new IllegalArgumentException(
            "Field %s is the key, or the partition key, of %s.%s and cannot be replaced."
                .formatted(field, database(), collection()));
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The name of the field that holds the keys. */
  String key() {
    String name = columns().name(origin.collection().schema().primaryKeyField());
    if (name == null) {
      throw new IllegalArgumentException("There is no key in " + origin);
    }
    return name;
  }

  InsertColumns columns() {
    InsertColumns known = columns;
    if (known == null) {
      known = source.get();
      columns = known;
    }
    return known;
  }

  boolean of(Origin other) {
    return origin.equals(other);
  }

  @Override
  public String toString() {
    return "%d rows of %s".formatted(count, origin);
  }
}
