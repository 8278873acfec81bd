package io.milvus.cdc.examples.e2e.catalog;

import static org.assertj.core.api.Assertions.assertThat;

import io.milvus.cdc.CdcEngine;
import io.milvus.cdc.CdcTask;
import io.milvus.cdc.examples.e2e.bench.Bench;
import io.milvus.cdc.examples.e2e.bench.MirrorProcess;
import io.milvus.cdc.examples.e2e.bench.OneBench;
import io.milvus.cdc.examples.e2e.bench.Table;
import io.milvus.cdc.examples.testbed.client.MilvusClient;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A name that is dropped and taken again at once leaves nothing of what it stood for before. */
@ExtendWith(OneBench.class)
@Tag("slow")
class RecreationE2E {
  private static final Duration SOON = Duration.ofMinutes(1);

  /** What the engine is doing while the name changes hands. */
  enum Engine {
    RUNNING,
    DOWN,
    KILLED
  }

  private Bench bench;

  @TempDir private Path state;

  @BeforeEach
  void open(Bench corner) {
    bench = corner;
  }

  @ParameterizedTest
  @EnumSource(Engine.class)
  void collectionWithTheSameSchema(Engine engine) throws Exception {
    recreated(engine, false);
  }

  @ParameterizedTest
  @EnumSource(Engine.class)
  void collectionWithAnotherSchema(Engine engine) throws Exception {
    recreated(engine, true);
  }

  private void recreated(Engine engine, boolean longer) throws Exception {
    String database = bench.database("a");
    MilvusClient source = bench.sourceClient();
    Table first = Table.create(source, database, "again", 2);
    during(
        engine,
        () -> {
          first.insert(0, 20_000, "old");
          source.drop(database, "again");
          Table second = Table.create(source, database, "again", 3, longer);
          if (longer) {
            second.insertLonger(10_000, 15_000, "new");
          } else {
            second.insert(10_000, 15_000, "new");
          }
        });
  }

  @ParameterizedTest
  @EnumSource(Engine.class)
  void partition(Engine engine) throws Exception {
    String database = bench.database("a");
    Table table = Table.create(bench.sourceClient(), database, "parts", 2);
    table.collection().createPartition("x_default_y");
    during(
        engine,
        () -> {
          table.insert("x_default_y", 0, 10_000, "old");
          table.collection().dropPartition("x_default_y");
          table.collection().createPartition("x_default_y");
          table.insert("x_default_y", 5_000, 7_000, "new");
          table.insert(7_000, 8_000, "elsewhere");
        });
  }

  /** Does this, with the engine as said, and compares the two sides in the end. */
  private void during(Engine engine, Runnable action) throws Exception {
    Path log = Files.createTempFile("mirror", ".log");
    if (engine == Engine.DOWN) {
      try (MirrorProcess mirror = bench.mirror(state, log)) {
        mirror.awaitOutput("change CreateCollection", SOON);
      }
      action.run();
    } else {
      try (MirrorProcess mirror = bench.mirror(state, log)) {
        mirror.awaitOutput("change CreateCollection", SOON);
        action.run();
        if (engine == Engine.RUNNING) {
          mirror.awaitOutput("lag=", SOON);
        }
      }
    }
    try (CdcEngine again = bench.engine(state)) {
      CdcTask task = again.submit(bench.spec());
      assertThat(bench.compare(task, SOON)).matches(verdict -> verdict.equal(), "equal");
      bench.cleanUp(task);
    }
  }
}
