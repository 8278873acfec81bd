package io.milvus.cdc.targets.events;

import com.fasterxml.jackson.core.JsonGenerator;
import io.milvus.cdc.catalog.CollectionEntry;
import io.milvus.cdc.event.SchemaEvent;
import io.milvus.cdc.internal.wire.SchemaField;
import java.io.IOException;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Writes the {@code data} of a CloudEvent. */
final class DataJson implements SchemaEvent.Visitor<IOException> {
  private final JsonGenerator out;
  private final ValueJson values;
  private final StreamEvent event;

  private DataJson(JsonGenerator out, ValueJson values, StreamEvent event) {
    this.out = out;
    this.values = values;
    this.event = event;
  }

  static void write(JsonGenerator out, ValueJson values, StreamEvent event) throws IOException {
    out.writeStartObject();
    new DataJson(out, values, event).write();
    out.writeEndObject();
  }

  private void write() throws IOException {
    Table table = event.table();
    if (table != null) {
      out.writeStringField("database", table.database());
      out.writeStringField("collection", table.name());
      out.writeStringField("collectionId", Long.toString(table.id()));
    }
    if (event instanceof StreamEvent.RowInserted inserted) {
      write(inserted);
    } else if (event instanceof StreamEvent.RowDeleted deleted) {
      write(deleted);
    } else if (event instanceof StreamEvent.CatalogChanged changed) {
      if (table == null) {
        out.writeStringField("database", changed.database());
      }
      changed.change().accept(this);
    } else {
      out.writeStringField("timestamp", Long.toString(event.timestamp()));
    }
  }

  private void write(StreamEvent.RowInserted event) throws IOException {
    out.writeStringField("partition", event.partition());
    writeKey(event.row().key());
    out.writeObjectFieldStart("row");
    for (Map.Entry<String, String> field : event.types().entrySet()) {
      out.writeFieldName(field.getKey());
      values.write(out, field.getValue(), event.row().value(field.getKey()));
    }
    out.writeEndObject();
  }

  private void write(StreamEvent.RowDeleted event) throws IOException {
    writeText("partition", event.partition().isEmpty() ? null : event.partition());
    writeKey(event.key());
  }

  private void writeKey(Object key) throws IOException {
    out.writeFieldName("key");
    values.write(out, "", key);
  }

  private void writeText(String name, @Nullable String text) throws IOException {
    if (text == null) {
      out.writeNullField(name);
    } else {
      out.writeStringField(name, text);
    }
  }

  private void write(String name, Map<String, String> texts) throws IOException {
    out.writeObjectFieldStart(name);
    for (Map.Entry<String, String> entry : new TreeMap<>(texts).entrySet()) {
      out.writeStringField(entry.getKey(), entry.getValue());
    }
    out.writeEndObject();
  }

  @Override
  public void createDatabase(SchemaEvent.CreateDatabase event) throws IOException {
    write("properties", event.database().properties());
  }

  @Override
  public void dropDatabase(SchemaEvent.DropDatabase event) {}

  @Override
  public void createCollection(SchemaEvent.CreateCollection event) throws IOException {
    CollectionEntry collection = event.collection();
    out.writeArrayFieldStart("fields");
    for (SchemaField field : tableOf().fields()) {
      write(field);
    }
    out.writeEndArray();
    out.writeNumberField("shards", collection.shards().size());
    out.writeStringField("consistency", collection.consistency());
    out.writeArrayFieldStart("partitions");
    for (String partition :
        collection.partitions().values().stream().map(each -> each.name()).sorted().toList()) {
      out.writeString(partition);
    }
    out.writeEndArray();
    write("properties", collection.properties());
  }

  private Table tableOf() {
    Table table = event.table();
    if (table == null) {
      throw new IllegalStateException("An event of a collection names no collection: " + event);
    }
    return table;
  }

  private void write(SchemaField field) throws IOException {
    out.writeStartObject();
    out.writeStringField("name", field.name());
    out.writeStringField("type", field.type());
    if (!field.elementType().isEmpty()) {
      out.writeStringField("elementType", field.elementType());
    }
    out.writeBooleanField("primaryKey", field.primaryKey());
    out.writeBooleanField("autoId", field.autoId());
    out.writeBooleanField("partitionKey", field.partitionKey());
    out.writeBooleanField("nullable", field.nullable());
    out.writeBooleanField("dynamic", field.dynamic());
    write("parameters", field.parameters());
    out.writeEndObject();
  }

  @Override
  public void dropCollection(SchemaEvent.DropCollection event) {}

  @Override
  public void renameCollection(SchemaEvent.RenameCollection event) throws IOException {
    out.writeObjectFieldStart("from");
    out.writeStringField("database", event.from().name());
    out.writeStringField("collection", event.collection().name());
    out.writeEndObject();
  }

  @Override
  public void createPartition(SchemaEvent.CreatePartition event) throws IOException {
    out.writeStringField("partition", event.partition().name());
  }

  @Override
  public void dropPartition(SchemaEvent.DropPartition event) throws IOException {
    out.writeStringField("partition", event.partition().name());
  }

  @Override
  public void setAlias(SchemaEvent.SetAlias event) throws IOException {
    out.writeStringField("alias", event.alias().name().text());
  }

  @Override
  public void dropAlias(SchemaEvent.DropAlias event) throws IOException {
    out.writeStringField("alias", event.alias().name().text());
  }
}
