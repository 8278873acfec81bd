package io.milvus.cdc.targets.events;

import com.fasterxml.jackson.core.JsonGenerator;
import io.milvus.cdc.catalog.Timestamps;
import io.milvus.cdc.internal.wire.SchemaField;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;

/** Writes the key and the envelope of one row. */
final class DebeziumRow {
  private static final String VERSION = "1";

  private final StreamEvent event;
  private final Table table;
  private final Debezium format;
  private final String source;
  private final ValueJson values;

  DebeziumRow(StreamEvent event, Table table, Debezium format, String source) {
    this.event = event;
    this.table = table;
    this.format = format;
    this.source = source;
    this.values = new ValueJson(format.values(), true);
  }

  String key() {
    byte[] key = enveloped(out -> ConnectSchema.writeKey(out, table), this::writeKey);
    return new String(key, StandardCharsets.UTF_8);
  }

  byte[] value() {
    return enveloped(out -> ConnectSchema.writeEnvelope(out, table), this::writeEnvelope);
  }

  private byte[] enveloped(JsonBytes.Writer schema, JsonBytes.Writer payload) {
    if (!format.schemas()) {
      return JsonBytes.of(payload);
    }
    return JsonBytes.of(
        out -> {
          out.writeStartObject();
          out.writeFieldName("schema");
          schema.write(out);
          out.writeFieldName("payload");
          payload.write(out);
          out.writeEndObject();
        });
  }

  private void writeKey(JsonGenerator out) throws IOException {
    Object key =
        event instanceof StreamEvent.RowInserted inserted
            ? inserted.row().key()
            : ((StreamEvent.RowDeleted) event).key();
    out.writeStartObject();
    out.writeFieldName(table.key().name());
    values.write(out, "", key);
    out.writeEndObject();
  }

  private void writeEnvelope(JsonGenerator out) throws IOException {
    out.writeStartObject();
    if (event instanceof StreamEvent.RowInserted inserted) {
      out.writeNullField("before");
      out.writeFieldName("after");
      writeRow(out, inserted);
    } else {
      out.writeFieldName("before");
      writeKey(out);
      out.writeNullField("after");
    }
    out.writeFieldName("source");
    writeSource(out);
    out.writeStringField("op", operation());
    out.writeNumberField("ts_ms", System.currentTimeMillis());
    out.writeNullField("transaction");
    out.writeEndObject();
  }

  /** Returns Debezium's letter: create, read or delete. */
  private String operation() {
    return event instanceof StreamEvent.RowInserted inserted
        ? inserted.existing() ? "r" : "c"
        : "d";
  }

  private void writeRow(JsonGenerator out, StreamEvent.RowInserted inserted) throws IOException {
    Map<String, String> types = inserted.types();
    out.writeStartObject();
    for (SchemaField field : table.fields()) {
      String type = types.get(field.name());
      if (type != null) {
        out.writeFieldName(field.name());
        values.write(out, type, inserted.row().value(field.name()));
      }
    }
    out.writeEndObject();
  }

  private void writeSource(JsonGenerator out) throws IOException {
    out.writeStartObject();
    out.writeStringField("version", VERSION);
    out.writeStringField("connector", "milvus");
    out.writeStringField("name", source);
    out.writeNumberField("ts_ms", Timestamps.millis(event.timestamp()));
    out.writeStringField("snapshot", Boolean.toString(operation().equals("r")));
    out.writeStringField("db", table.database());
    out.writeStringField("collection", table.name());
    out.writeStringField("collection_id", Long.toString(table.id()));
    out.writeStringField(
        "partition",
        event instanceof StreamEvent.RowInserted inserted
            ? inserted.partition()
            : ((StreamEvent.RowDeleted) event).partition());
    out.writeStringField("tso", Long.toString(event.timestamp()));
    out.writeStringField("event_id", event.id());
    out.writeEndObject();
  }
}
