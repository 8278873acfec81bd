package io.milvus.cdc.rows;

import io.milvus.cdc.event.DataEvent;
import io.milvus.cdc.event.HybridTime;
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
 * Holds rows of one insert, all of one collection, partition and timestamp. Immutable. Columns are
 * decoded on first use. Methods that decode throw {@link UncheckedIOException} if the event's bytes
 * are damaged.
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

  /** Returns the name of the database on the source. */
  public String database() {
    return origin.database();
  }

  /** Returns the name of the collection on the source, without its database. */
  public String collection() {
    return origin.collection().name();
  }

  /** Returns the name of the partition on the source. */
  public String partition() {
    return origin.partition();
  }

  /** Returns the latest hybrid timestamp of the rows on the source. */
  public HybridTime timestamp() {
    return new HybridTime(origin.header().timestamp());
  }

  /** Returns the number of rows. */
  public int count() {
    return count;
  }

  /** Returns the names of the fields. All dynamic fields together have the name {@code $meta}. */
  public Set<String> fields() {
    return Set.copyOf(columns().names());
  }

  /**
   * Returns the types of the fields by their names, in the order of the message. Types have
   * Milvus's names.
   */
  public Map<String, String> types() {
    Map<String, String> types = new LinkedHashMap<>();
    for (String name : columns().names()) {
      types.put(name, columns().type(name));
    }
    return types;
  }

  /** Returns a row by its index, from 0. */
  public Row row(int index) {
    return new Row(this, index);
  }

  /** Returns the rows that the predicate accepts. */
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

  /** Returns an empty copy, which drops all rows. */
  public InsertedRows none() {
    return new InsertedRows(event, origin, 0, true, columns);
  }

  /**
   * Returns the same rows with new values in one field. A value is a Boolean, a number, a text, the
   * text of a JSON value, or null if the field is nullable. Keys and partition keys cannot be
   * replaced, because a row's place depends on them. Arrays and vectors cannot be replaced either.
   *
   * @throws IllegalArgumentException if there is no such field, or if it cannot hold the value
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

  /** Returns the name of the primary key's field. */
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
   * Returns these rows as an event. Returns the original event if nothing was changed, and null if
   * no row is left.
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
