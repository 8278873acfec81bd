package io.milvus.cdc.target.events;

import io.milvus.cdc.catalog.CollectionEntry;
import io.milvus.cdc.catalog.PartitionEntry;
import io.milvus.cdc.error.TargetException;
import io.milvus.cdc.wire.SchemaField;
import java.io.IOException;
import java.util.List;

/**
 * A collection as events name it.
 *
 * @param entry the same as the source knows it
 * @param database what events call its database
 * @param name what events call it
 */
public record Table(CollectionEntry entry, String database, String name, List<SchemaField> fields) {
  public Table {
    fields = List.copyOf(fields);
  }

  static Table of(CollectionEntry entry, String database, String name) {
    try {
      return new Table(entry, database, name, SchemaField.of(entry.schema().encoded()));
    } catch (IOException | IllegalArgumentException e) {
      throw new TargetException(
          "The schema of collection %s.%s cannot be read: %s. Leave it out of the selection."
              .formatted(database, name, e.getMessage()),
          e);
    }
  }

  /** The source's id, which it keeps when it is renamed. */
  public long id() {
    return entry.id();
  }

  Table renamed(String otherDatabase, String otherName) {
    return new Table(entry, otherDatabase, otherName, fields);
  }

  Table with(PartitionEntry partition) {
    return new Table(entry.with(partition), database, name, fields);
  }

  SchemaField key() {
    return fields.stream()
        .filter(field -> field.id() == entry.schema().primaryKeyField())
        .findFirst()
        .orElseThrow(
            () ->
                new TargetException(
                    "Collection %s.%s has no primary key. Leave it out of the selection."
                        .formatted(database, name)));
  }
}
