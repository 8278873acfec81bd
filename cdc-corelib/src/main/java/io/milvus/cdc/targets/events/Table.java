package io.milvus.cdc.targets.events;

import io.milvus.cdc.catalog.CollectionEntry;
import io.milvus.cdc.catalog.DatabaseEntry;
import io.milvus.cdc.error.TargetException;
import io.milvus.cdc.event.SchemaEvent;
import io.milvus.cdc.internal.wire.SchemaField;
import java.io.IOException;
import java.util.List;
import java.util.Objects;

/** Names a collection in events. Immutable. */
public final class Table {
  private final CollectionEntry entry;
  private final String database;
  private final String name;
  private final List<SchemaField> fields;

  Table(CollectionEntry entry, String database, String name, List<SchemaField> fields) {
    this.entry = entry;
    this.database = database;
    this.name = name;
    this.fields = List.copyOf(fields);
  }

  static Table of(CollectionEntry entry, String database, String name) {
    try {
      return new Table(entry, database, name, SchemaField.of(entry.schema().encoded()));
    } catch (IOException | IllegalArgumentException e) {
      throw new TargetException(
          "The schema of collection %s.%s cannot be read: %s."
              .formatted(database, name, e.getMessage()),
          "Leave it out of the selection.",
          e);
    }
  }

  /** Returns the source's id, which stays the same when the collection is renamed. */
  public long id() {
    return entry.id();
  }

  /** Returns the collection as it is on the source. */
  public CollectionEntry entry() {
    return entry;
  }

  /** Returns the name of its database in events. */
  public String database() {
    return database;
  }

  /** Returns its name in events. */
  public String name() {
    return name;
  }

  List<SchemaField> fields() {
    return fields;
  }

  /** Returns the collection after a change that does not drop it. */
  Table after(SchemaEvent event) {
    CollectionEntry now = Objects.requireNonNull(event.after(entry), event::id);
    DatabaseEntry moved = event.movesTo();
    return moved == null
        ? new Table(now, database, name, fields)
        : new Table(now, moved.name(), now.name(), fields);
  }

  SchemaField key() {
    return fields.stream()
        .filter(field -> field.id() == entry.schema().primaryKeyField())
        .findFirst()
        .orElseThrow(
            () ->
                new TargetException(
                    "Collection %s.%s has no primary key.".formatted(database, name),
                    "Leave it out of the selection."));
  }
}
