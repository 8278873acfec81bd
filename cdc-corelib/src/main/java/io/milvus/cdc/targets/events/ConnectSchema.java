package io.milvus.cdc.targets.events;

import com.fasterxml.jackson.core.JsonGenerator;
import io.milvus.cdc.internal.wire.SchemaField;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/**
 * Writes schemas in the format of Kafka Connect's JSON converter (org.apache.kafka.connect.json).
 */
final class ConnectSchema {
  private static final String JSON_NAME = "io.debezium.data.Json";

  private ConnectSchema() {}

  static void writeKey(JsonGenerator out, Table table) throws IOException {
    beginStruct(out, nameOf(table) + ".Key", false, null);
    writeField(out, table.key(), false);
    endStruct(out);
  }

  static void writeEnvelope(JsonGenerator out, Table table) throws IOException {
    beginStruct(out, nameOf(table) + ".Envelope", false, null);
    writeRow(out, table, "before");
    writeRow(out, table, "after");
    beginStruct(out, "io.milvus.cdc.Source", false, "source");
    for (String text :
        new String[] {
          "version",
          "connector",
          "name",
          "snapshot",
          "db",
          "collection",
          "collection_id",
          "partition",
          "tso",
          "event_id"
        }) {
      writeSimple(out, "string", false, text);
    }
    writeSimple(out, "int64", false, "ts_ms");
    endStruct(out);
    writeSimple(out, "string", false, "op");
    writeSimple(out, "int64", true, "ts_ms");
    writeSimple(out, "string", true, "transaction");
    endStruct(out);
  }

  private static String nameOf(Table table) {
    return table.database() + "." + table.name();
  }

  /** Writes the schema of a row. A deleted row has only its key, so every field is optional. */
  private static void writeRow(JsonGenerator out, Table table, String name) throws IOException {
    beginStruct(out, nameOf(table) + ".Value", true, name);
    for (SchemaField field : table.fields()) {
      writeField(out, field, true);
    }
    endStruct(out);
  }

  private static void writeField(JsonGenerator out, SchemaField field, boolean optional)
      throws IOException {
    if (field.type().equals("Array")) {
      writeArray(out, typeOf(field.elementType()), field.name());
    } else if (field.type().equals("FloatVector")) {
      writeArray(out, "float", field.name());
    } else {
      out.writeStartObject();
      out.writeStringField("type", typeOf(field.type()));
      out.writeBooleanField("optional", optional);
      if (field.type().equals("JSON") || field.type().equals("SparseFloatVector")) {
        out.writeStringField("name", JSON_NAME);
      }
      out.writeStringField("field", field.name());
      out.writeEndObject();
    }
  }

  private static String typeOf(String type) {
    return switch (type) {
      case "Bool" -> "boolean";
      case "Int8", "Int16", "Int32" -> "int32";
      case "Int64" -> "int64";
      case "Float" -> "float";
      case "Double" -> "double";
      case "BinaryVector", "Float16Vector", "BFloat16Vector", "Int8Vector" -> "bytes";
      default -> "string";
    };
  }

  private static void writeArray(JsonGenerator out, String element, String name)
      throws IOException {
    out.writeStartObject();
    out.writeStringField("type", "array");
    out.writeObjectFieldStart("items");
    out.writeStringField("type", element);
    out.writeBooleanField("optional", false);
    out.writeEndObject();
    out.writeBooleanField("optional", true);
    out.writeStringField("field", name);
    out.writeEndObject();
  }

  private static void writeSimple(JsonGenerator out, String type, boolean optional, String name)
      throws IOException {
    out.writeStartObject();
    out.writeStringField("type", type);
    out.writeBooleanField("optional", optional);
    out.writeStringField("field", name);
    out.writeEndObject();
  }

  private static void beginStruct(
      JsonGenerator out, String name, boolean optional, @Nullable String field) throws IOException {
    out.writeStartObject();
    out.writeStringField("type", "struct");
    out.writeStringField("name", name);
    out.writeBooleanField("optional", optional);
    if (field != null) {
      out.writeStringField("field", field);
    }
    out.writeArrayFieldStart("fields");
  }

  private static void endStruct(JsonGenerator out) throws IOException {
    out.writeEndArray();
    out.writeEndObject();
  }
}
