package io.milvus.cdc.targets.consumer;

import io.milvus.cdc.catalog.Naming;
import io.milvus.cdc.event.SchemaEvent;
import io.milvus.cdc.rows.InsertedRows;
import io.milvus.cdc.rows.Row;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** What a source has, made of its changes. Not thread-safe. */
final class Rebuilt implements Change.Visitor<RuntimeException> {
  private final Map<String, Map<Object, Map<String, @Nullable Object>>> rows = new TreeMap<>();

  Map<String, Map<Object, Map<String, @Nullable Object>>> rows() {
    return rows;
  }

  @Override
  public void inserted(Change.Inserted change) {
    InsertedRows inserted = change.rows();
    for (int i = 0; i < inserted.count(); i++) {
      Row row = inserted.row(i);
      rows.get(inserted.database() + "." + inserted.collection()).put(row.key(), row.values());
    }
  }

  @Override
  public void deleted(Change.Deleted change) {
    rows.get(change.keys().database() + "." + change.keys().collection())
        .keySet()
        .removeAll(change.keys().keys());
  }

  @Override
  public void catalogChanged(Change.CatalogChanged change) {
    if (change.event() instanceof SchemaEvent.CreateCollection create) {
      rows.putIfAbsent(
          create.database().name() + "." + create.collection().name(), new TreeMap<>());
    } else if (change.event() instanceof SchemaEvent.DropCollection drop) {
      rows.remove(drop.database().name() + "." + drop.collection().name());
    } else if (change.event() instanceof SchemaEvent.RenameCollection rename) {
      Naming naming = rename.naming();
      Map<Object, Map<String, @Nullable Object>> moved =
          rows.remove(rename.from().name() + "." + rename.collection().name());
      if (moved != null) {
        rows.put(rename.to().name() + "." + naming.name(), moved);
      }
    }
  }

  @Override
  public void complete(Change.Complete change) {}
}
