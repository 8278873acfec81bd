package io.milvus.cdc.sources.milvus;

import io.milvus.cdc.catalog.Catalog;
import io.milvus.cdc.catalog.CollectionEntry;
import io.milvus.cdc.catalog.DatabaseEntry;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Requests the properties of collections from the source from time to time, on a thread of its own.
 * Milvus up to 2.3.5 does not write changed properties to etcd (internal/metastore/kv/rootcoord
 * alterModifyCollection; repaired after 2.3.5).
 */
final class PropertyWatch implements AutoCloseable {
  private static final Duration PERIOD = Duration.ofSeconds(2);

  /**
   * The ratio of a pause to the time of the requests before it, which limits the load on the
   * source.
   */
  private static final int REST = 50;

  private final SourceApi api;
  private final Thread thread;
  private volatile Catalog asked = Catalog.EMPTY;
  private volatile Runnable wake = () -> {};
  private volatile Map<Long, Map<String, String>> told = Map.of();
  private Catalog lastPlain = Catalog.EMPTY;
  private Map<Long, Map<String, String>> lastTold = Map.of();
  private @Nullable Catalog lastOverlaid;

  PropertyWatch(SourceApi api, String task) {
    this.api = api;
    this.thread = new Thread(this::watch, "cdc-" + task + "-properties");
    thread.setDaemon(true);
    thread.start();
  }

  void onChange(Runnable listener) {
    wake = listener;
  }

  private void watch() {
    try {
      while (true) {
        long began = System.nanoTime();
        Map<Long, Map<String, String>> now = ask(asked);
        long took = System.nanoTime() - began;
        if (!now.equals(told)) {
          told = now;
          wake.run();
        }
        Thread.sleep(Math.max(PERIOD.toMillis(), TimeUnit.NANOSECONDS.toMillis(took * REST)));
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private Map<Long, Map<String, String>> ask(Catalog catalog) throws InterruptedException {
    Map<Long, Map<String, String>> properties = new HashMap<>();
    for (CollectionEntry entry : catalog.collections().values()) {
      DatabaseEntry database = catalog.databases().get(entry.databaseId());
      if (Thread.interrupted()) {
        throw new InterruptedException();
      }
      if (!entry.dropped() && database != null) {
        api.properties(database.name(), entry.name(), entry.id())
            .or(() -> Optional.ofNullable(told.get(entry.id())))
            .ifPresent(now -> properties.put(entry.id(), now));
      }
    }
    return properties;
  }

  /**
   * Returns the catalog with the latest properties. Returns the same instance for the same
   * properties.
   */
  Catalog overlay(Catalog plain) {
    asked = plain;
    Map<Long, Map<String, String>> now = told;
    Catalog overlaid = lastOverlaid;
    if (overlaid == null || !plain.equals(lastPlain) || !now.equals(lastTold)) {
      Map<Long, CollectionEntry> collections = new HashMap<>(plain.collections());
      now.forEach(
          (id, properties) ->
              collections.computeIfPresent(id, (key, entry) -> entry.withProperties(properties)));
      overlaid =
          new Catalog(
              plain.databases(), collections, plain.aliases(), plain.servings(), plain.access());
      lastPlain = plain;
      lastTold = now;
      lastOverlaid = overlaid;
    }
    return overlaid;
  }

  @Override
  public void close() {
    thread.interrupt();
    api.close();
  }
}
