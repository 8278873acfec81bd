package io.milvus.cdc.targets.consumer;

import io.milvus.cdc.catalog.Naming;
import io.milvus.cdc.event.SchemaEvent;
import io.milvus.cdc.rows.InsertedRows;
import io.milvus.cdc.rows.Row;
import java.util.HashMap;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** What a source has, made of its changes. Not thread-safe. */
final class Rebuilt implements Change.Visitor<RuntimeException> {
  private final Map<String, Map<Object, Map<String, @Nullable Object>>> rows = new TreeMap<>();

  /** Where rows are, by collection and key. */
  private final Map<String, Map<Object, String>> partitions = new TreeMap<>();

  Map<String, Map<Object, Map<String, @Nullable Object>>> rows() {
    return rows;
  }

  @Override
  public void inserted(Change.Inserted change) {
    InsertedRows inserted = change.rows();
    for (int i = 0; i < inserted.count(); i++) {
      Row row = inserted.row(i);
      String name = inserted.database() + "." + inserted.collection();
      rows.get(name).put(row.key(), row.values());
      partitions
          .computeIfAbsent(name, unused -> new HashMap<>())
          .put(row.key(), inserted.partition());
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
    } else if (change.event() instanceof SchemaEvent.DropPartition drop) {
      String name = drop.database().name() + "." + drop.collection().name();
      Map<Object, String> places = partitions.getOrDefault(name, Map.of());
      rows.get(name).keySet().removeIf(key -> drop.partition().name().equals(places.get(key)));
    } else if (change.event() instanceof SchemaEvent.RenameCollection rename) {
      Naming naming = rename.naming();
      Map<Object, Map<String, @Nullable Object>> moved =
          rows.remove(rename.from().name() + "." + rename.collection().name());
      if (moved != null) {
        rows.put(rename.to().name() + "." + naming.name(), moved);
        Map<Object, String> places =
            partitions.remove(rename.from().name() + "." + rename.collection().name());
        partitions.put(
            rename.to().name() + "." + naming.name(), places == null ? new HashMap<>() : places);
      }
    }
  }

  @Override
  public void watermark(Change.Watermark change) {}
}
