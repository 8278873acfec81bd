package io.milvus.cdc.sources.milvus;

import io.milvus.cdc.catalog.Catalog;
import io.milvus.cdc.catalog.CollectionEntry;
import io.milvus.cdc.catalog.DatabaseEntry;
import io.milvus.cdc.event.Position;
import io.milvus.cdc.internal.queue.Held;
import io.milvus.cdc.preflight.Finding;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/** Collects the messages that a task needs and the source's queue no longer has. */
final class LostBeginnings {
  private static final int NAMED = 20;

  private final Catalog catalog;
  private final Comparator<Position> order;
  private final List<Finding> messages = new ArrayList<>();
  private final Set<String> collections = new TreeSet<>();

  LostBeginnings(Catalog catalog, Comparator<Position> order) {
    this.catalog = catalog;
    this.order = order;
  }

  /** Checks one message of a channel. */
  void stated(String channel, Position needed, Held held) {
    held.expired(channel, needed, order).map(Finding::of).ifPresent(messages::add);
  }

  /** Checks the beginnings of the collections on a channel. */
  void collections(Map<CollectionEntry, Position> starts, Held held) {
    starts.forEach(
        (collection, start) -> {
          if (order.compare(start, held.first()) < 0) {
            collections.add(nameOf(collection));
          }
        });
  }

  private String nameOf(CollectionEntry collection) {
    DatabaseEntry owner = catalog.databases().get(collection.databaseId());
    return (owner == null ? "?" : owner.name()) + "." + collection.name();
  }

  List<Finding> findings() {
    List<Finding> all = new ArrayList<>(messages);
    if (!collections.isEmpty()) {
      List<String> named = collections.stream().limit(NAMED).toList();
      String more =
          collections.size() > NAMED ? " and %d more".formatted(collections.size() - NAMED) : "";
      all.add(
          Finding.blocking(
              "The source's queue has deleted the first messages of %d collections: %s%s."
                  .formatted(collections.size(), String.join(", ", named), more),
              "Set the source's storage and start from existing rows. Or restore the target from a"
                  + " backup of the source and start from that backup's positions. If the rows so"
                  + " far do not matter, start from latest."));
    }
    return all;
  }
}
