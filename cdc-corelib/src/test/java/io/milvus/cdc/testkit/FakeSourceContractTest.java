package io.milvus.cdc.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import io.milvus.cdc.catalog.CollectionEntry;
import io.milvus.cdc.catalog.Timestamps;
import io.milvus.cdc.contract.SourceContract;
import io.milvus.cdc.sources.ChangeSource;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;

/** The source that the engine is tested with keeps the contract of sources. */
class FakeSourceContractTest extends SourceContract {
  private static final String[] CHANNELS = {"s-dml_0", "s-dml_1"};
  private static final long ID = 7;

  private final FakeSource source = new FakeSource(CHANNELS);
  private final ScheduledExecutorService clock = Executors.newSingleThreadScheduledExecutor();
  private CollectionEntry entry;
  private long last;

  @Override
  protected ChangeSource create() {
    clock.scheduleAtFixedRate(this::tick, 0, 10, TimeUnit.MILLISECONDS);
    return source;
  }

  private synchronized void tick() {
    source.tick(now(), CHANNELS);
  }

  private long now() {
    last = Math.max(last + 1, Timestamps.of(Instant.now()));
    return last;
  }

  @Override
  protected synchronized void createCollection(String name) {
    entry = Entries.collection(ID, name, now(), CHANNELS);
    source.change(Entries.catalog(entry));
  }

  @Override
  protected synchronized void insert(String collection, List<Long> keys) {
    Long[] all = keys.toArray(Long[]::new);
    String shard = entry.shards().get(0);
    source.publish(CHANNELS[0], Messages.insert(shard, ID, 10 * ID, now(), all));
  }

  @Override
  protected synchronized void delete(String collection, List<Long> keys) {
    Long[] all = keys.toArray(Long[]::new);
    source.publish(CHANNELS[0], Messages.delete(entry.shards().get(0), ID, -1, now(), all));
  }

  @Override
  protected synchronized void drop(String collection) {
    source.change(Entries.catalog(Entries.dropped(entry, now())));
  }

  @AfterEach
  void stop() {
    clock.shutdownNow();
    assertThat(source.violations()).isEmpty();
  }
}
