package io.milvus.cdc.rows;

import io.milvus.cdc.event.DataEvent;
import io.milvus.cdc.event.Insert;
import io.milvus.cdc.event.Payload;
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
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * Rows of one insert, all of one collection, partition and timestamp. Immutable. Nothing of a
 * column is decoded before it is asked for.
 */
public final class InsertedRows {
  private final Insert event;
  private final Origin origin;
  private final int count;

  /** Whether the event has more rows than these, or other values. */
  private final boolean changed;

  private @Nullable InsertColumns columns;

  InsertedRows(Insert event, Origin origin) {
    this(event, origin, event.header().rows(), false, null);
  }

  private InsertedRows(
      Insert event, Origin origin, int count, boolean changed, @Nullable InsertColumns columns) {
    this.event = event;
    this.origin = origin;
    this.count = count;
    this.changed = changed;
    this.columns = columns;
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
      return new InsertedRows(event, origin, left.length, true, from.only(left));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** None of them. */
  public InsertedRows none() {
    return new InsertedRows(event, origin, 0, true, columns);
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
      return new InsertedRows(event, origin, count, true, columns().with(field, values));
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
      known = decoded();
      columns = known;
    }
    return known;
  }

  private InsertColumns decoded() {
    try {
      return InsertColumns.parse(event.payload().bytes());
    } catch (IOException e) {
      throw Rows.undecodable(e);
    }
  }

  /** Returns whether these are rows of this event, all or some, changed or not. */
  public boolean comeFrom(DataEvent other) {
    return event.header().equals(other.header());
  }

  /**
   * Returns these rows as an event: the very event that they came with if nothing was changed, null
   * if no row is left.
   */
  public @Nullable Insert event() {
    if (!changed) {
      return event;
    }
    if (count == 0) {
      return null;
    }
    try {
      return new Insert(event.header().with(count), Payload.of(columns().body()));
    } catch (IOException e) {
      throw Rows.undecodable(e);
    }
  }

  @Override
  public String toString() {
    return "%d rows of %s".formatted(count, origin);
  }
}
