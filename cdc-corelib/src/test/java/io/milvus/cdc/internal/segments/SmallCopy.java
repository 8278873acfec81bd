package io.milvus.cdc.internal.segments;

import io.milvus.cdc.CdcEngine;
import io.milvus.cdc.CdcTask;
import io.milvus.cdc.ExistingStatus.Phase;
import io.milvus.cdc.StartFrom;
import io.milvus.cdc.TaskSpec;
import io.milvus.cdc.catalog.CollectionEntry;
import io.milvus.cdc.catalog.Timestamps;
import io.milvus.cdc.rows.InsertedRows;
import io.milvus.cdc.sources.ExistingRows;
import io.milvus.cdc.store.InMemoryStore;
import io.milvus.cdc.targets.consumer.Change;
import io.milvus.cdc.targets.consumer.ConsumerTarget;
import io.milvus.cdc.testkit.Entries;
import io.milvus.cdc.testkit.FakeSource;
import io.milvus.cdc.transform.EventTransform;
import java.time.Instant;
import java.util.Collection;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;

/** Copies all rows of a {@link StoredSource} with a whole engine, in a process of its own. */
final class SmallCopy {
  private SmallCopy() {}

  /** Drops every 16th row, so that each message must be decoded and written again. */
  private static final class Dropping implements EventTransform {
    @Override
    public InsertedRows insert(InsertedRows rows) {
      return rows.where(row -> row.number() % 16 != 0);
    }
  }

  public static void main(String[] arguments) throws Exception {
    StoredSource stored = SmallHeap.source(arguments[0]);
    FakeSource source = new FakeSource(StoredSource.CHANNEL);
    source.change(Entries.catalog(stored.collection()));
    source.stored(scratch -> new Rows(stored.open(scratch.directory(), scratch.memory())));
    AtomicLong rows = new AtomicLong();
    ConsumerTarget target =
        ConsumerTarget.of(
            batch -> {
              for (Change change : batch.changes()) {
                rows.addAndGet(change instanceof Change.Inserted one ? one.rows().count() : 0);
              }
              return batch.acknowledged();
            });
    try (CdcEngine engine =
        CdcEngine.builder()
            .source(source)
            .target(target)
            .checkpoints(new InMemoryStore())
            .spillDirectory(stored.root.resolve("spill"))
            .start()) {
      CdcTask task =
          engine.submit(
              TaskSpec.builder("t")
                  .startFrom(StartFrom.existing())
                  .transform(new Dropping())
                  .build());
      while (task.status().existing() == null || task.status().existing().phase() != Phase.DONE) {
        Thread.sleep(20);
      }
    }
    System.out.println("rows " + rows);
  }

  private record Rows(StoredRows stored) implements ExistingRows {
    @Override
    public long cut() {
      return Timestamps.of(Instant.now());
    }

    @Override
    public boolean hasPassed(long cut) {
      return true;
    }

    @Override
    public Map<String, Long> behind(long cut, Collection<CollectionEntry> collections) {
      return Map.of();
    }

    @Override
    public void flush(Collection<CollectionEntry> collections) {}

    @Override
    public Reading read(Span span, Collection<CollectionEntry> collections)
        throws InterruptedException {
      return stored.read(span, collections);
    }

    @Override
    public void close() {
      stored.close();
    }
  }
}
