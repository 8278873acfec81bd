package io.milvus.cdc.internal.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.milvus.cdc.CdcEngine;
import io.milvus.cdc.CdcTask;
import io.milvus.cdc.TaskSpec;
import io.milvus.cdc.TaskState;
import io.milvus.cdc.catalog.Catalog;
import io.milvus.cdc.catalog.DatabaseEntry;
import io.milvus.cdc.event.ChannelEvent;
import io.milvus.cdc.event.Position;
import io.milvus.cdc.event.SchemaEvent;
import io.milvus.cdc.internal.checkpoint.Checkpoint;
import io.milvus.cdc.internal.checkpoint.CheckpointStore;
import io.milvus.cdc.preflight.Inspection;
import io.milvus.cdc.sources.ChangeSource;
import io.milvus.cdc.sources.ChannelReader;
import io.milvus.cdc.sources.ReadFrom;
import io.milvus.cdc.sources.SourceSession;
import io.milvus.cdc.store.FileStore;
import io.milvus.cdc.targets.Opening;
import io.milvus.cdc.targets.TargetSession;
import io.milvus.cdc.testkit.FakeTarget;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.zip.GZIPInputStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A file that an earlier build of this library wrote while it replicated a real Milvus 2.3.5. */
@Timeout(60)
class StoredCheckpointTest {
  private static final long WATERMARK = 470810142579359745L;

  @TempDir Path directory;
  private Checkpoint stored;

  @BeforeEach
  void putFile() throws Exception {
    try (InputStream packed =
            getClass().getResourceAsStream("/golden/checkpoint-2026-11-30.json.gz");
        InputStream file = new GZIPInputStream(packed)) {
      Files.copy(file, directory.resolve("t.json"));
    }
    stored = CheckpointStore.in(FileStore.at(directory)).read("t").orElseThrow();
  }

  @Test
  void itIsReadAsItWasMeant() {
    assertThat(stored.watermark()).isEqualTo(WATERMARK);
    assertThat(stored.reserved()).isEqualTo(WATERMARK);
    assertThat(stored.ceiling()).isEqualTo(WATERMARK);
    assertThat(stored.intended()).isEmpty();
    assertThat(stored.positions()).hasSize(16);
    assertThat(stored.applied().collections()).hasSize(210);
    assertThat(stored.applied().databases()).hasSize(12);
    assertThat(stored.applied().collections().get(470809454259208561L).name())
        .isEqualTo("keep_1795995617");
    assertThat(stored.target()).contains("\"470809454259208561\":470809440751714982");
  }

  @Test
  void aTaskResumesFromIt() throws Exception {
    FakeTarget target = new FakeTarget();
    create(target);
    OldSource source = new OldSource();
    try (CdcEngine engine =
        CdcEngine.builder()
            .source(source)
            .target(target)
            .checkpoints(FileStore.at(directory))
            .start()) {
      CdcTask task = engine.submit(TaskSpec.of("t"));
      task.awaitState(TaskState.RUNNING, Duration.ofSeconds(20));

      assertThat(task.status().watermark().value()).isEqualTo(WATERMARK);
      assertThat(task.status().checkpoint().positions()).isEqualTo(stored.positions());
      stored
          .positions()
          .forEach(
              (channel, position) ->
                  assertThat(source.begun.get(channel)).isEqualTo(new ReadFrom.Resume(position)));
    }
    Checkpoint after = CheckpointStore.in(FileStore.at(directory)).read("t").orElseThrow();
    assertThat(after.applied()).isEqualTo(stored.applied());
    assertThat(after.positions()).isEqualTo(stored.positions());
  }

  /** Everything that the checkpoint lists is on the target. */
  private void create(FakeTarget target) throws Exception {
    try (TargetSession session = target.open(new Opening("t", "", 0))) {
      DatabaseEntry any = stored.applied().databases().values().iterator().next();
      for (var collection : stored.applied().collections().values()) {
        session.apply(new SchemaEvent.CreateCollection(1, any, collection));
      }
    }
  }

  /** A source that is as it was, and silent. */
  private final class OldSource implements ChangeSource, SourceSession {
    final Map<String, ReadFrom> begun = new ConcurrentHashMap<>();

    @Override
    public Inspection check() {
      return Inspection.clean();
    }

    @Override
    public SourceSession open(String task) {
      return this;
    }

    @Override
    public void forget(String task) {}

    @Override
    public Catalog sync() {
      return stored.applied();
    }

    @Override
    public void onCatalogChange(Runnable wake) {}

    @Override
    public List<String> channels() {
      return List.copyOf(stored.positions().keySet());
    }

    @Override
    public ChannelReader read(String channel, ReadFrom from) {
      begun.put(channel, from);
      return new SilentReader();
    }

    @Override
    public void close() {}
  }

  private static final class SilentReader implements ChannelReader {
    @Override
    public @Nullable ChannelEvent poll(Duration timeout) throws InterruptedException {
      Thread.sleep(timeout.toMillis());
      return null;
    }

    @Override
    public void acknowledgeBefore(Position position) {}

    @Override
    public void suspend() {}

    @Override
    public void skipTo(Position position) {}

    @Override
    public void resume() {}

    @Override
    public void close() {}
  }
}
