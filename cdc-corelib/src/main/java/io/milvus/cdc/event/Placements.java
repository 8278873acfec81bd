package io.milvus.cdc.event;

import io.milvus.cdc.catalog.CollectionEntry;
import io.milvus.cdc.catalog.DatabaseEntry;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Follows the collections of a target through the changes of the catalog. For one thread. */
public final class Placements {
  private final Map<Long, Placed> byId = new TreeMap<>();

  /** Adds a collection, or replaces it. */
  public void put(Placed placed) {
    byId.put(placed.collection().id(), placed);
  }

  /** Returns the collection with this id of the source, or null. */
  public @Nullable Placed find(long collectionId) {
    return byId.get(collectionId);
  }

  /**
   * Applies a change.
   *
   * @return the collection after the change, or null if the change concerns none or drops it
   */
  public @Nullable Placed apply(SchemaEvent event) {
    long id = event.collectionId();
    if (id == 0) {
      return null;
    }
    Placed before = byId.get(id);
    CollectionEntry now = event.after(before == null ? null : before.collection());
    DatabaseEntry moved = event.movesTo();
    DatabaseEntry database = moved != null || before == null ? moved : before.database();
    if (now == null || database == null) {
      byId.remove(id);
      return null;
    }
    Placed placed = new Placed(database, now);
    byId.put(id, placed);
    return placed;
  }
}
