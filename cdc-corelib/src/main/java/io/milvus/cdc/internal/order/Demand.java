package io.milvus.cdc.internal.order;

import io.milvus.cdc.catalog.Catalog;
import io.milvus.cdc.catalog.CollectionEntry;
import io.milvus.cdc.event.SchemaEvent;
import java.util.ArrayList;
import java.util.List;

/**
 * Describes a collection's need for the ticks of one channel. A channel without demands is not
 * awaited, because Milvus sends no ticks on a channel that carries no collection.
 *
 * @param knownUpTo no more rows of the collection come at or below this timestamp
 * @param until the collection ends at this timestamp
 */
public record Demand(String channel, long collectionId, long knownUpTo, long until) {

  /** Returns the demands of the collections that the target has, or is about to get. */
  public static List<Demand> of(
      Catalog applied, Catalog source, List<SchemaEvent> plan, long watermark) {
    List<Demand> demands = new ArrayList<>();
    for (CollectionEntry collection : applied.collections().values()) {
      CollectionEntry now = source.collections().get(collection.id());
      long until = now == null ? 0 : now.dropped() ? now.droppedAt() : Long.MAX_VALUE;
      if (until > watermark) {
        // A collection that was created before its turn has no rows up to then.
        addAll(demands, collection, Math.max(watermark, collection.createdAt() - 1), until);
      }
    }
    for (SchemaEvent event : plan) {
      if (event instanceof SchemaEvent.CreateCollection create) {
        long born = Math.max(watermark, create.timestamp() - 1);
        addAll(demands, create.collection(), born, Long.MAX_VALUE);
      }
    }
    return demands;
  }

  private static void addAll(
      List<Demand> demands, CollectionEntry collection, long knownUpTo, long until) {
    for (String channel : collection.channels()) {
      demands.add(new Demand(channel, collection.id(), knownUpTo, until));
    }
  }
}
