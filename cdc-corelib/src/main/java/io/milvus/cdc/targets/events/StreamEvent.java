package io.milvus.cdc.targets.events;

import io.milvus.cdc.event.SchemaEvent;
import io.milvus.cdc.rows.Row;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A change of the source, as one event of a stream. */
public sealed interface StreamEvent {
  /**
   * Returns the id, which is unique among the events of one source. It names the message and the
   * place in it, or the object that changed. If the event is sent again, by any process, its id is
   * the same.
   */
  String id();

  /** Returns the kind, such as {@code row.inserted}. */
  String type();

  /** Returns the hybrid timestamp of the change on the source. */
  long timestamp();

  /** Returns the collection of the event, or null. */
  @Nullable Table table();

  /**
   * Inserts a row. If the row existed before, a {@link RowDeleted} of the same timestamp precedes
   * it, because Milvus upserts that way.
   *
   * @param types the types of the row's fields, by field name, with Milvus's names
   * @param existing whether the row was on the source before the task began
   */
  record RowInserted(
      String id,
      long timestamp,
      Table table,
      String partition,
      Row row,
      Map<String, String> types,
      boolean existing)
      implements StreamEvent {
    @Override
    public String type() {
      return existing ? "row.read" : "row.inserted";
    }
  }

  /**
   * Deletes a row, if it existed: Milvus also reports deletes of keys that never had a row.
   *
   * @param partition the partition that it is deleted from, or an empty text for all partitions
   * @param key a Long or a String
   */
  record RowDeleted(String id, long timestamp, Table table, String partition, Object key)
      implements StreamEvent {
    @Override
    public String type() {
      return "row.deleted";
    }
  }

  /**
   * Changes the catalog.
   *
   * @param timestamp that of the change; if the source no longer knows it, a timestamp just above
   *     the last watermark
   * @param type such as {@code collection.created}
   * @param database the name of the database in events
   * @param table the collection after the change; null for a database, or for an alias that is
   *     dropped
   */
  record CatalogChanged(
      String id,
      long timestamp,
      String type,
      String database,
      @Nullable Table table,
      SchemaEvent change)
      implements StreamEvent {}

  /** Reports that every event with a timestamp at or below this one was sent. */
  record Watermark(long timestamp) implements StreamEvent {
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
