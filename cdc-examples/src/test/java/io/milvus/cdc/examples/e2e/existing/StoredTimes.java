package io.milvus.cdc.examples.e2e.existing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.milvus.cdc.Selection;
import io.milvus.cdc.catalog.Catalog;
import io.milvus.cdc.catalog.CollectionEntry;
import io.milvus.cdc.event.Insert;
import io.milvus.cdc.internal.wire.InsertColumns;
import io.milvus.cdc.sources.ExistingRows;
import io.milvus.cdc.sources.ExistingRows.Batch;
import io.milvus.cdc.sources.ExistingRows.Reading;
import io.milvus.cdc.sources.ExistingRows.Span;
import io.milvus.cdc.sources.Scratch;
import io.milvus.cdc.sources.SourceSession;
import io.milvus.cdc.sources.milvus.MilvusSource;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Reads the files of a Milvus, be it a source or a standby: its keys with their timestamps. */
record StoredTimes(MilvusSource milvus, Path directory, Selection selection) {
  private static final Duration SOON = Duration.ofMinutes(2);
  private static final long MEMORY = 64 << 20;

  /** Waits until the Milvus has stored its rows up to this timestamp. */
  void awaitStored(long cut) throws InterruptedException {
    try (SourceSession session = milvus.open("stored");
        ExistingRows rows = session.existing(new Scratch(MEMORY, directory)).orElseThrow()) {
      await()
          .atMost(SOON)
          .untilAsserted(
              () -> assertThat(rows.behind(cut, collections(session.sync()).values())).isEmpty());
    }
  }

  /**
   * Returns what is stored up to this timestamp and not deleted by then: each key with its
   * timestamp, by collection.
   */
  Map<String, Set<String>> upTo(long cut) throws InterruptedException, IOException {
    Map<String, Set<String>> found = new HashMap<>();
    try (SourceSession session = milvus.open("stored");
        ExistingRows rows = session.existing(new Scratch(MEMORY, directory)).orElseThrow()) {
      Catalog catalog = session.sync();
      Map<String, CollectionEntry> collections = collections(catalog);
      for (Map.Entry<String, CollectionEntry> one : collections.entrySet()) {
        Set<String> keys = new HashSet<>();
        try (Reading reading = rows.read(new Span(0, cut, cut), List.of(one.getValue()))) {
          for (Batch batch = reading.next(); batch != null; batch = reading.next()) {
            add(batch.rows(), one.getValue().schema().primaryKeyField(), keys);
          }
        }
        found.put(one.getKey(), keys);
      }
    }
    return found;
  }

  private static void add(Collection<Insert> inserts, long keyField, Set<String> keys)
      throws IOException {
    for (Insert insert : inserts) {
      InsertColumns columns = InsertColumns.parse(insert.payload().bytes());
      List<?> all = columns.keys(keyField);
      for (int row = 0; row < columns.rows(); row++) {
        keys.add(all.get(row) + " at " + columns.timestamp(row));
      }
    }
  }

  private Map<String, CollectionEntry> collections(Catalog catalog) {
    Map<String, CollectionEntry> named = new HashMap<>();
    for (CollectionEntry each : catalog.collections().values()) {
      String database = catalog.databases().get(each.databaseId()).name();
      if (!each.dropped() && selection.includes(database, each.name())) {
        named.put(database + "." + each.name(), each);
      }
    }
    return named;
  }
}
