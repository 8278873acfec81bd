package io.milvus.cdc.examples.thirdparty;

import io.milvus.cdc.catalog.CollectionEntry;
import io.milvus.cdc.event.DataEvent;
import io.milvus.cdc.event.Delete;
import io.milvus.cdc.event.Insert;
import io.milvus.cdc.event.SchemaEvent;
import io.milvus.cdc.rows.InsertedRows;
import io.milvus.cdc.rows.Rows;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Rows by key, of the collections of a source. For one thread. */
final class Tables {
  private record Row(long partition, Map<String, Object> values) {}

  private static final class Table {
    final CollectionEntry collection;
    final Map<Object, Row> rows = new HashMap<>();
    String name;

    Table(CollectionEntry collection, String name) {
      this.collection = collection;
      this.name = name;
    }
  }

  private final Map<Long, Table> byId = new HashMap<>();
  private final Set<String> done = new HashSet<>();

  boolean names(long collection, String name) {
    return byId.containsKey(collection) && byId.get(collection).name.equals(name);
  }

  List<Map<String, Object>> rows(String name) {
    return byId.values().stream()
        .filter(table -> table.name.equals(name))
        .flatMap(table -> table.rows.values().stream())
        .map(Row::values)
        .toList();
  }

  void change(DataEvent event) {
    Table table = byId.get(event.header().collectionId());
    long partition = event.header().partitionId();
    if (event instanceof Insert insert) {
      InsertedRows rows = Rows.of(insert, "", table.collection);
      Map<Object, Row> decoded = new HashMap<>();
      for (int i = 0; i < rows.count(); i++) {
        decoded.put(rows.row(i).key(), new Row(partition, rows.row(i).values()));
      }
      table.rows.putAll(decoded);
    } else {
      List<Object> keys = Rows.of((Delete) event, "", table.collection).keys();
      keys.forEach(
          key ->
              table.rows.computeIfPresent(
                  key, (k, row) -> partition < 0 || row.partition() == partition ? null : row));
    }
  }

  /** A change that comes again has the same id. */
  void change(SchemaEvent event) {
    if (!done.add(event.id())) {
      return;
    }
    if (event instanceof SchemaEvent.CreateCollection create) {
      CollectionEntry collection = create.collection();
      String name = create.database().name() + "." + collection.name();
      byId.put(collection.id(), new Table(collection, name));
    } else if (event instanceof SchemaEvent.DropCollection drop) {
      byId.remove(drop.collection().id());
    } else if (event instanceof SchemaEvent.RenameCollection rename) {
      byId.get(rename.collection().id()).name = rename.to().name() + "." + rename.naming().name();
    } else if (event instanceof SchemaEvent.DropPartition drop) {
      byId.get(drop.collection().id())
          .rows
          .values()
          .removeIf(row -> row.partition() == drop.partition().id());
    }
  }
}
