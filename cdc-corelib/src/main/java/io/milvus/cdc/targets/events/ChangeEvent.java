package io.milvus.cdc.targets.events;

import io.milvus.cdc.event.SchemaEvent;
import io.milvus.cdc.rows.Row;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** One thing that happened on the source, as a stream tells it. */
public sealed interface ChangeEvent {
  /**
   * Unique among the events of one source, and the same whenever and by whichever process the event
   * is told: it names the message and the place in it, or the thing that changed.
   */
  String id();

  /** The kind, such as {@code row.inserted}. */
  String type();

  /** When, as a hybrid timestamp of the source. */
  long timestamp();

  /** The collection it is about, or null. */
  @Nullable Table table();

  /**
   * A row is there. Where it was there before, a {@link RowDeleted} of the same timestamp came just
   * before: that is how Milvus upserts.
   *
   * @param types of the row's fields, by name, as Milvus calls them
   */
  record RowInserted(
      String id, long timestamp, Table table, String partition, Row row, Map<String, String> types)
      implements ChangeEvent {
    @Override
    public String type() {
      return "row.inserted";
    }
  }

  /**
   * A row is gone, if it was there: Milvus tells of deletes of keys that nobody ever had, too.
   *
   * @param partition the one it is deleted from, or empty for all
   * @param key a Long or a String
   */
  record RowDeleted(String id, long timestamp, Table table, String partition, Object key)
      implements ChangeEvent {
    @Override
    public String type() {
      return "row.deleted";
    }
  }

  /**
   * The catalog changed.
   *
   * @param timestamp that of the change, or just above the last watermark where the source does not
   *     say any more when it was
   * @param type such as {@code collection.created}
   * @param database what events call the database
   * @param table as it is after the change; null for a database, or an alias that is dropped
   */
  record CatalogChanged(
      String id,
      long timestamp,
      String type,
      String database,
      @Nullable Table table,
      SchemaEvent change)
      implements ChangeEvent {}

  /** Every event with a timestamp at or below this one has been told. */
  record Watermark(long timestamp) implements ChangeEvent {
    @Override
    public String id() {
      return type() + "/" + timestamp;
    }

    @Override
    public String type() {
      return "watermark";
    }

    @Override
    public @Nullable Table table() {
      return null;
    }
  }
}
