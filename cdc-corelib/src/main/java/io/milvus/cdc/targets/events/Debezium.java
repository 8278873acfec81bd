package io.milvus.cdc.targets.events;

import java.util.List;
import java.util.Map;

/**
 * Rows in the envelope of Debezium's connectors (debezium.io, Data change events): {@code before},
 * {@code after}, {@code source}, {@code op}, {@code ts_ms}, in JSON; after a delete a tombstone.
 * Changes of the catalog and watermarks, for which consumers of rows have no use, are CloudEvents
 * in a topic of their own.
 *
 * <p>An upsert of Milvus is a delete and an insert, and shows as {@code d} and {@code c} with one
 * {@code source.ts_ms} and {@code source.tso}; there is no {@code u}, because Milvus does not tell
 * what a row was. For the same reason {@code before} of a delete holds the primary key only. JSON,
 * dynamic fields and sparse vectors are texts of JSON; other vectors are arrays of floats, or
 * base64.
 *
 * <p>The key is an object with the primary key, named as in the collection.
 *
 * @param schemas whether values and keys are {@code {"schema": ..., "payload": ...}}, as Kafka
 *     Connect's JSON converter reads them by default
 * @param values how values are written
 */
public record Debezium(boolean schemas, ValueEncoding values) implements EventFormat {
  static final Debezium PLAIN = new Debezium(false, ValueEncoding.PLAIN);

  /**
   * With Kafka Connect's schemas, which Debezium's own transforms, such as {@code
   * ExtractNewRecordState}, cannot do without. Default: without.
   */
  public Debezium withSchemas() {
    return new Debezium(true, values);
  }

  @Override
  public boolean rowsApart() {
    return true;
  }

  @Override
  public List<EventMessage> encode(ChangeEvent event, String source) {
    if (event instanceof ChangeEvent.RowInserted inserted) {
      return List.of(message(inserted, inserted.table(), source));
    }
    if (event instanceof ChangeEvent.RowDeleted deleted) {
      EventMessage message = message(deleted, deleted.table(), source);
      return List.of(message, EventMessage.tombstone(message.key()));
    }
    return CloudEvents.STRUCTURED.encode(event, source);
  }

  private EventMessage message(ChangeEvent event, Table table, String source) {
    DebeziumRow row = new DebeziumRow(event, table, this, source);
    return new EventMessage(row.key(), row.value(), Map.of());
  }
}
