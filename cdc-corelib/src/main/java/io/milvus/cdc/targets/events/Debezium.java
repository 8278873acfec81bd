package io.milvus.cdc.targets.events;

import java.util.List;
import java.util.Map;

/**
 * Writes rows in the envelope of Debezium's connectors (debezium.io, Data change events): {@code
 * before}, {@code after}, {@code source}, {@code op}, {@code ts_ms}, in JSON. A tombstone follows
 * each delete. Consumers of rows do not need changes of the catalog and watermarks. These are
 * CloudEvents in a topic of their own.
 *
 * <p>A row that was on the source before the task began is an {@code r}, and its {@code
 * source.snapshot} is {@code true}.
 *
 * <p>An upsert of Milvus is a delete and an insert. It appears as {@code d} and {@code c} with one
 * {@code source.ts_ms} and {@code source.tso}. There is no {@code u}, because Milvus does not
 * report the former values of a row. For the same reason {@code before} of a delete holds the
 * primary key only. JSON, dynamic fields and sparse vectors are texts of JSON. Other vectors are
 * arrays of floats, or base64.
 *
 * <p>The key is an object with the primary key, named as in the collection.
 *
 * @param schemas whether values and keys are {@code {"schema": ..., "payload": ...}}, as Kafka
 *     Connect's JSON converter reads them by default
 * @param values the notation of values
 */
public record Debezium(boolean schemas, ValueEncoding values) implements EventFormat {
  static final Debezium PLAIN = new Debezium(false, ValueEncoding.PLAIN);

  /**
   * Returns a copy with Kafka Connect's schemas. Debezium's own transforms need them, such as
   * {@code ExtractNewRecordState}. Default: no schemas.
   */
  public Debezium withSchemas() {
    return new Debezium(true, values);
  }

  @Override
  public boolean rowsApart() {
    return true;
  }

  @Override
  public List<EventMessage> encode(StreamEvent event, String source) {
    if (event instanceof StreamEvent.RowInserted inserted) {
      return List.of(message(inserted, inserted.table(), source));
    }
    if (event instanceof StreamEvent.RowDeleted deleted) {
      EventMessage message = message(deleted, deleted.table(), source);
      return List.of(message, EventMessage.tombstone(message.key()));
    }
    return CloudEvents.STRUCTURED.encode(event, source);
  }

  private EventMessage message(StreamEvent event, Table table, String source) {
    DebeziumRow row = new DebeziumRow(event, table, this, source);
    return new EventMessage(row.key(), row.value(), Map.of());
  }
}
