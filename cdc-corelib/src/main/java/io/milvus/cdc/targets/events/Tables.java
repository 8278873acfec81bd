package io.milvus.cdc.targets.events;

import io.milvus.cdc.error.TargetException;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Holds the existing collections that events have announced, by the source's ids. */
final class Tables {
  private final Map<Long, Table> byId = new TreeMap<>();

  void put(Table table) {
    byId.put(table.id(), table);
  }

  Table of(long collectionId) {
    Table found = byId.get(collectionId);
    if (found == null) {
      throw new TargetException(
          "Rows of collection %d arrived before it was created.".formatted(collectionId), "");
    }
    return found;
  }

  @Nullable Table find(long collectionId) {
    return byId.get(collectionId);
  }

  void remove(Table table) {
    byId.remove(table.id());
  }

  Collection<Table> all() {
    return List.copyOf(byId.values());
  }
}
