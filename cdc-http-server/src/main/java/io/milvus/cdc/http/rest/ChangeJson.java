package io.milvus.cdc.http.rest;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.milvus.cdc.catalog.CollectionEntry;
import io.milvus.cdc.catalog.DatabaseEntry;
import io.milvus.cdc.event.SchemaEvent;

/** Writes a change of the catalog, with the names of the objects that it concerns. */
final class ChangeJson implements SchemaEvent.Visitor<RuntimeException> {
  private final ObjectNode node = JsonNodeFactory.instance.objectNode();

  private ChangeJson() {}

  static ObjectNode of(SchemaEvent event) {
    ChangeJson json = new ChangeJson();
    event.accept(json);
    return json.node.put("timestamp", Long.toString(event.timestamp()));
  }

  private ObjectNode put(String change, DatabaseEntry database) {
    return node.put("change", change).put("database", database.name());
  }

  private ObjectNode put(String change, DatabaseEntry database, CollectionEntry collection) {
    return put(change, database).put("collection", collection.name());
  }

  @Override
  public void createDatabase(SchemaEvent.CreateDatabase event) {
    put("createDatabase", event.database());
  }

  @Override
  public void dropDatabase(SchemaEvent.DropDatabase event) {
    put("dropDatabase", event.database());
  }

  @Override
  public void createCollection(SchemaEvent.CreateCollection event) {
    put("createCollection", event.database(), event.collection());
  }

  @Override
  public void dropCollection(SchemaEvent.DropCollection event) {
    put("dropCollection", event.database(), event.collection());
  }

  @Override
  public void renameCollection(SchemaEvent.RenameCollection event) {
    put("renameCollection", event.from(), event.collection())
        .put("newDatabase", event.to().name())
        .put("newCollection", event.naming().name());
  }

  @Override
  public void createPartition(SchemaEvent.CreatePartition event) {
    put("createPartition", event.database(), event.collection())
        .put("partition", event.partition().name());
  }

  @Override
  public void dropPartition(SchemaEvent.DropPartition event) {
    put("dropPartition", event.database(), event.collection())
        .put("partition", event.partition().name());
  }

  @Override
  public void setAlias(SchemaEvent.SetAlias event) {
    put("setAlias", event.database(), event.collection()).put("alias", event.alias().name().text());
  }

  @Override
  public void dropAlias(SchemaEvent.DropAlias event) {
    put("dropAlias", event.database()).put("alias", event.alias().name().text());
  }
}
