package io.milvus.cdc.targets.events;

import com.fasterxml.jackson.core.JsonGenerator;
import io.milvus.cdc.catalog.Timestamps;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Writes events as CloudEvents 1.0 (github.com/cloudevents/spec), in JSON.
 *
 * <p>The attributes are {@code id}, {@code source}, {@code type} ({@code io.milvus.cdc.} and the
 * kind), {@code subject} (database, or database/collection) and {@code time} (milliseconds of the
 * source's clock). The {@code dataschema} is a JSON Schema of the data, in this package's folder
 * {@code schemas/}. The extension {@code hybridtimestamp} is the source's 64-bit timestamp as a
 * decimal text.
 *
 * <p>The key of rows is {@code <collection id>/<primary key>}, which outlives a rename. Other
 * events use their id as the key. All watermarks have the same key, so that compaction retains the
 * latest.
 *
 * @param binary whether the attributes are headers ({@code ce_id} and so on) and the value is the
 *     data alone: the binary mode of the Kafka protocol binding
 * @param values the notation of values
 * @param tombstones whether a tombstone follows a delete, so that compaction removes the key
 */
public record CloudEvents(boolean binary, ValueEncoding values, boolean tombstones)
    implements EventFormat {
  static final CloudEvents STRUCTURED = new CloudEvents(false, ValueEncoding.PLAIN, false);

  private static final String PREFIX = "io.milvus.cdc.";

  /** The version of all data schemas. A change that readers may notice requires a new version. */
  private static final int SCHEMA_VERSION = 1;

  /** Returns a copy with the attributes in headers and only the data in the value. */
  public CloudEvents binaryMode() {
    return new CloudEvents(true, values, tombstones);
  }

  /** Returns a copy that sends a tombstone after each delete. Default: none. */
  public CloudEvents withTombstones() {
    return new CloudEvents(binary, values, true);
  }

  /**
   * Returns a copy that writes 64-bit integers as texts. Default: numbers with all their digits.
   */
  public CloudEvents int64AsText() {
    return new CloudEvents(binary, new ValueEncoding(values.vectorsAsBase64(), true), tombstones);
  }

  /**
   * Returns a copy that writes all vectors as base64 of their little endian bytes. Default: vectors
   * of floats are arrays, sparse vectors are objects, other vectors are base64.
   */
  public CloudEvents vectorsAsBase64() {
    return new CloudEvents(binary, new ValueEncoding(true, values.int64AsText()), tombstones);
  }

  @Override
  public boolean rowsApart() {
    return false;
  }

  @Override
  public List<EventMessage> encode(StreamEvent event, String source) {
    Map<String, String> attributes = attributes(event, source);
    ValueJson json = new ValueJson(values, false);
    EventMessage message =
        binary ? inBinary(event, attributes, json) : whole(event, attributes, json);
    return tombstones && event instanceof StreamEvent.RowDeleted
        ? List.of(message, EventMessage.tombstone(message.key()))
        : List.of(message);
  }

  private static EventMessage whole(
      StreamEvent event, Map<String, String> attributes, ValueJson json) {
    byte[] value =
        JsonBytes.of(
            out -> {
              out.writeStartObject();
              writeAll(out, attributes);
              out.writeFieldName("data");
              DataJson.write(out, json, event);
              out.writeEndObject();
            });
    return new EventMessage(
        keyOf(event), value, Map.of("content-type", "application/cloudevents+json; charset=UTF-8"));
  }

  private static void writeAll(JsonGenerator out, Map<String, String> attributes)
      throws IOException {
    for (Map.Entry<String, String> attribute : attributes.entrySet()) {
      out.writeStringField(attribute.getKey(), attribute.getValue());
    }
  }

  private static EventMessage inBinary(
      StreamEvent event, Map<String, String> attributes, ValueJson json) {
    Map<String, String> headers = new LinkedHashMap<>();
    attributes.forEach(
        (name, value) ->
            headers.put(name.equals("datacontenttype") ? "content-type" : "ce_" + name, value));
    return new EventMessage(
        keyOf(event), JsonBytes.of(out -> DataJson.write(out, json, event)), headers);
  }

  private static Map<String, String> attributes(StreamEvent event, String source) {
    Map<String, String> attributes = new LinkedHashMap<>();
    attributes.put("specversion", "1.0");
    attributes.put("id", event.id());
    attributes.put("source", source);
    attributes.put("type", PREFIX + event.type());
    Table table = event.table();
    if (table != null) {
      attributes.put("subject", table.database() + "/" + table.name());
    } else if (event instanceof StreamEvent.CatalogChanged changed) {
      attributes.put("subject", changed.database());
    }
    attributes.put("time", Timestamps.instant(event.timestamp()).toString());
    attributes.put("datacontenttype", "application/json");
    attributes.put(
        "dataschema", "urn:milvus-cdc:schema:%s:%d".formatted(event.type(), SCHEMA_VERSION));
    attributes.put("hybridtimestamp", Long.toString(event.timestamp()));
    return attributes;
  }

  static String keyOf(StreamEvent event) {
    if (event instanceof StreamEvent.RowInserted inserted) {
      return inserted.table().id() + "/" + inserted.row().key();
    }
    if (event instanceof StreamEvent.RowDeleted deleted) {
      return deleted.table().id() + "/" + deleted.key();
    }
    return event instanceof StreamEvent.Watermark ? event.type() : event.id();
  }
}
