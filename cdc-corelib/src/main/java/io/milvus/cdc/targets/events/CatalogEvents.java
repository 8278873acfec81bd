package io.milvus.cdc.targets.events;

import io.milvus.cdc.event.SchemaEvent;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Creates the events of one change of the catalog, and applies the change to the tables.
 * Collections have the names of their tables, because names may be mapped.
 */
final class CatalogEvents implements SchemaEvent.Visitor<RuntimeException> {
  private final Tables tables;
  private final SchemaEvent change;
  private final List<Table> concerned = new ArrayList<>();
  private String type = "";
  private String database = "";
  private @Nullable Table table;

  private CatalogEvents(Tables tables, SchemaEvent change) {
    this.tables = tables;
    this.change = change;
  }

  static CatalogEvents of(SchemaEvent change, Tables tables) {
    CatalogEvents events = new CatalogEvents(tables, change);
    change.accept(events);
    return events;
  }

  StreamEvent event(String id, long timestamp) {
    return new StreamEvent.CatalogChanged(id, timestamp, type, database, table, change);
  }

  /** Returns the collection after the change, or null. */
  @Nullable Table table() {
    return table;
  }

  /** Returns the collections of the change, before and after it. */
  List<Table> concerned() {
    return concerned;
  }

  private void about(String what, String where) {
    type = what;
    database = where;
  }

  private void about(String what, Table which) {
    about(what, which.database());
    table = which;
    concerned.add(which);
  }

  private Table changed(SchemaEvent event) {
    Table after = tables.of(event.collectionId()).after(event);
    tables.put(after);
    return after;
  }

  @Override
  public void createDatabase(SchemaEvent.CreateDatabase event) {
    about("database.created", event.database().name());
  }

  @Override
  public void dropDatabase(SchemaEvent.DropDatabase event) {
    about("database.dropped", event.database().name());
  }

  @Override
  public void createCollection(SchemaEvent.CreateCollection event) {
    Table born = Table.of(event.collection(), event.database().name(), event.collection().name());
    tables.put(born);
    about("collection.created", born);
  }

  @Override
  public void dropCollection(SchemaEvent.DropCollection event) {
    Table gone = tables.of(event.collection().id());
    tables.remove(gone);
    about("collection.dropped", gone);
  }

  @Override
  public void renameCollection(SchemaEvent.RenameCollection event) {
    Table before = tables.of(event.collection().id());
    about("collection.renamed", changed(event));
    concerned.add(before);
  }

  @Override
  public void createPartition(SchemaEvent.CreatePartition event) {
    about("partition.created", changed(event));
  }

  @Override
  public void dropPartition(SchemaEvent.DropPartition event) {
    about("partition.dropped", changed(event));
  }

  @Override
  public void setAlias(SchemaEvent.SetAlias event) {
    about("alias.set", tables.of(event.collection().id()));
  }

  @Override
  public void dropAlias(SchemaEvent.DropAlias event) {
    Table of = tables.find(event.alias().collectionId());
    about("alias.dropped", of == null ? event.database().name() : of.database());
  }
}
