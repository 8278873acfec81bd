package io.milvus.cdc.sources.milvus;

import io.milvus.cdc.catalog.AliasEntry;
import io.milvus.cdc.catalog.AliasName;
import io.milvus.cdc.catalog.Catalog;
import io.milvus.cdc.catalog.CollectionEntry;
import io.milvus.cdc.catalog.DatabaseEntry;
import io.milvus.cdc.event.Flush;
import io.milvus.cdc.internal.decode.FlushMessage;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Holds the flushes that one session has received and not returned yet. They contain names. A
 * catalog that was read after their arrival determines the collections. Thread-safe.
 */
final class FlushInbox {
  private static final String DEFAULT_DATABASE = "default";

  /** A task that is this far behind need not flush. */
  private static final int MOST = 10_000;

  private final List<FlushMessage> heard = new ArrayList<>();
  private final List<Flush> known = new ArrayList<>();

  synchronized void add(FlushMessage message) {
    if (heard.size() < MOST) {
      heard.add(message);
    }
  }

  /** Returns the messages so far, to be {@link #name named} by a catalog that is read now. */
  synchronized List<FlushMessage> unnamed() {
    return List.copyOf(heard);
  }

  /**
   * Determines the collections of the messages. If the catalog does not have them, they are gone.
   */
  synchronized void name(List<FlushMessage> messages, Catalog catalog) {
    heard.subList(0, messages.size()).clear();
    for (FlushMessage message : messages) {
      for (String name : message.collections()) {
        collection(message.database(), name, catalog)
            .filter(id -> known.size() < MOST)
            .ifPresent(id -> known.add(new Flush(message.timestamp(), id)));
      }
    }
  }

  private static Optional<Long> collection(String database, String name, Catalog catalog) {
    String home = database.isEmpty() ? DEFAULT_DATABASE : database;
    return catalog.databases().values().stream()
        .filter(entry -> !entry.dropped() && entry.name().equals(home))
        .map(entry -> collection(entry, name, catalog))
        .filter(Objects::nonNull)
        .findFirst();
  }

  private static @Nullable Long collection(DatabaseEntry database, String name, Catalog catalog) {
    for (CollectionEntry entry : catalog.collections().values()) {
      if (!entry.dropped() && entry.databaseId() == database.id() && entry.name().equals(name)) {
        return entry.id();
      }
    }
    AliasEntry alias = catalog.aliases().get(new AliasName(database.id(), name));
    return alias == null ? null : Long.valueOf(alias.collectionId());
  }

  /** Returns the known flushes and removes them. */
  synchronized List<Flush> take() {
    List<Flush> taken = List.copyOf(known);
    known.clear();
    return taken;
  }
}
