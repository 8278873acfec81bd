package io.milvus.cdc.examples.journal;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.milvus.cdc.catalog.CollectionEntry;
import io.milvus.cdc.catalog.DatabaseEntry;
import io.milvus.cdc.event.SchemaEvent;

/** Adds a change of the catalog to a line, by names. */
record CatalogLine(ObjectNode line) implements SchemaEvent.Visitor<RuntimeException> {
  private ObjectNode put(String change, DatabaseEntry database, CollectionEntry collection) {
    return line.put("change", change).put("collection", database.name() + "." + collection.name());
  }

  @Override
  public void createDatabase(SchemaEvent.CreateDatabase event) {
    line.put("change", "createDatabase").put("database", event.database().name());
  }

  @Override
  public void dropDatabase(SchemaEvent.DropDatabase event) {
    line.put("change", "dropDatabase").put("database", event.database().name());
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
        .put("to", event.to().name() + "." + event.naming().name());
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
    line.put("change", "dropAlias")
        .put("database", event.database().name())
        .put("alias", event.alias().name().text());
  }
}
