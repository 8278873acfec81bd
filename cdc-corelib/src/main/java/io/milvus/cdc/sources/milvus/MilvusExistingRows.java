package io.milvus.cdc.sources.milvus;

import io.milvus.cdc.catalog.Catalog;
import io.milvus.cdc.catalog.CollectionEntry;
import io.milvus.cdc.catalog.DatabaseEntry;
import io.milvus.cdc.error.ConfigException;
import io.milvus.cdc.internal.segments.StoredRows;
import io.milvus.cdc.sources.ExistingRows;
import java.util.Collection;
import java.util.Map;
import java.util.OptionalLong;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Reads the stored rows of a Milvus, and asks it to store more, if its own address is known. */
final class MilvusExistingRows implements ExistingRows {
  private final StoredRows stored;
  private final @Nullable SourceApi api;
  private final @Nullable GarbageLease garbage;
  private final Supplier<Catalog> catalog;

  /**
   * Creates a view, which closes its parts.
   *
   * @param catalog returns the catalog that was read last
   */
  MilvusExistingRows(
      StoredRows stored,
      @Nullable SourceApi api,
      @Nullable GarbageLease garbage,
      Supplier<Catalog> catalog) {
    this.stored = stored;
    this.api = api;
    this.garbage = garbage;
    this.catalog = catalog;
  }

  @Override
  public long cut() throws InterruptedException {
    return stored.cut();
  }

  @Override
  public boolean hasPassed(long cut) throws InterruptedException {
    OptionalLong now = api == null ? OptionalLong.empty() : api.timestamp();
    return (now.isPresent() && now.getAsLong() > cut) || stored.hasPassed(cut);
  }

  @Override
  public Map<String, Long> behind(long cut, Collection<CollectionEntry> collections)
      throws InterruptedException {
    return stored.behind(cut, collections);
  }

  @Override
  public void flush(Collection<CollectionEntry> collections) {
    if (api == null) {
      throw new ConfigException(
          "The source cannot be asked to flush: its api is not set.",
          "Set the source's api, such as http://milvus:19530, or start without a flush.");
    }
    Map<Long, DatabaseEntry> databases = catalog.get().databases();
    for (CollectionEntry collection : collections) {
      CollectionEntry now = catalog.get().collections().get(collection.id());
      DatabaseEntry database = now == null ? null : databases.get(now.databaseId());
      if (now != null && !now.dropped() && database != null) {
        api.flush(database.name(), now.name());
      }
    }
  }

  @Override
  public Amount amount(Span span, Collection<CollectionEntry> collections)
      throws InterruptedException {
    // Without holding off the source's garbage collection.
    try (Reading reading = stored.read(span, collections)) {
      return reading.left();
    }
  }

  @Override
  public Reading read(Span span, Collection<CollectionEntry> collections)
      throws InterruptedException {
    if (garbage == null) {
      return stored.read(span, collections);
    }
    // Before the listing: then no listed file can vanish.
    garbage.take();
    boolean begun = false;
    try {
      Reading reading = new HeldReading(stored.read(span, collections), garbage);
      begun = true;
      return reading;
    } finally {
      if (!begun) {
        garbage.release();
      }
    }
  }

  @Override
  public void close() {
    stored.close();
    if (api != null) {
      api.close();
    }
  }
}
